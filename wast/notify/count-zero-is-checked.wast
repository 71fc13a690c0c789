;; title:    a notify that is to wake nobody still checks its address
;; spec:     exec-memory.atomic.notify
;; features: threads
;; threads:  1
;; why:      threads #105

(module
  (memory 1 1 shared)
  (func (export "shared") (param i32) (result i32) (memory.atomic.notify (local.get 0) (i32.const 0)))
)
(assert_trap (invoke "shared" (i32.const 65536)) "out of bounds memory access")
(assert_trap (invoke "shared" (i32.const -4)) "out of bounds memory access")
(assert_trap (invoke "shared" (i32.const 2)) "unaligned atomic")
(assert_return (invoke "shared" (i32.const 65532)) (i32.const 0))

(module
  (memory 1 1)
  (func (export "unshared") (param i32) (result i32) (memory.atomic.notify (local.get 0) (i32.const 0)))
)
(assert_trap (invoke "unshared" (i32.const 65536)) "out of bounds memory access")
(assert_trap (invoke "unshared" (i32.const -4)) "out of bounds memory access")
(assert_trap (invoke "unshared" (i32.const 2)) "unaligned atomic")
(assert_return (invoke "unshared" (i32.const 65532)) (i32.const 0))
