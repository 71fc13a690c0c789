;; title:    a notify that names memory 1 works there, within its bounds, and leaves memory 0 alone
;; spec:     exec-memory.atomic.notify
;; features: threads multi-memory
;; threads:  1

;; Memory 0 is not shared, all zero and has a page more.
;; Written by tools/generate.
(module
  (memory 2 2)
  (memory 1 1 shared)
  (func (export "memory 0") (result i64 i64) (i64.load (i32.const 65520)) (i64.load (i32.const 65536)))
  (func (export "notify") (param i32) (result i32) (memory.atomic.notify 1 (local.get 0) (i32.const 1)))
  (func (export "notify offset=65520") (param i32) (result i32)
    (memory.atomic.notify 1 offset=65520 (local.get 0) (i32.const 1)))
)

(assert_return (invoke "notify" (i32.const 65520)) (i32.const 0))
(assert_return (invoke "notify" (i32.const 65532)) (i32.const 0))
(assert_return (invoke "notify offset=65520" (i32.const 8)) (i32.const 0))
(assert_return (invoke "notify offset=65520" (i32.const 12)) (i32.const 0))
(assert_trap (invoke "notify" (i32.const 65536)) "out of bounds memory access")
(assert_trap (invoke "notify offset=65520" (i32.const 16)) "out of bounds memory access")
(assert_trap (invoke "notify" (i32.const 65521)) "unaligned atomic")

(assert_return (invoke "memory 0") (i64.const 0) (i64.const 0))
