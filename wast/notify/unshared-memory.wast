;; title:    a notify on unshared memory returns 0, whatever the count
;; spec:     exec-memory.atomic.notify
;; features: threads
;; threads:  1

(module
  (memory 1)
  (func (export "notify") (param i32 i32) (result i32) (memory.atomic.notify (local.get 0) (local.get 1)))
  (func (export "notify offset=4") (param i32 i32) (result i32)
    (memory.atomic.notify offset=4 (local.get 0) (local.get 1)))
)

(assert_return (invoke "notify" (i32.const 0) (i32.const 0)) (i32.const 0))
(assert_return (invoke "notify" (i32.const 0) (i32.const 1)) (i32.const 0))
(assert_return (invoke "notify" (i32.const 0) (i32.const -1)) (i32.const 0))
(assert_return (invoke "notify" (i32.const 65532) (i32.const 1)) (i32.const 0))
(assert_return (invoke "notify offset=4" (i32.const 65528) (i32.const 1)) (i32.const 0))

(assert_trap (invoke "notify" (i32.const 65536) (i32.const 1)) "out of bounds memory access")
(assert_trap (invoke "notify offset=4" (i32.const 65532) (i32.const 1)) "out of bounds memory access")
(assert_trap (invoke "notify" (i32.const 1) (i32.const 1)) "unaligned atomic")
