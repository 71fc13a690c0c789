;; title:    a notify of a 64-bit memory takes an i64 address and works on that cell
;; spec:     exec-memory.atomic.notify
;; features: threads memory64
;; threads:  1
;; why:      WasmEdge #5310, WasmEdge #5318

;; By base and by offset, to the last cell, and not behind it.
;; Written by tools/generate.
(module
  (memory i64 1 1 shared)
  (func (export "notify") (param i64) (result i32) (memory.atomic.notify (local.get 0) (i32.const 1)))
  (func (export "notify offset=65520") (param i64) (result i32)
    (memory.atomic.notify offset=65520 (local.get 0) (i32.const 1)))
  (func (export "notify offset=1") (param i64) (result i32) (memory.atomic.notify offset=1 (local.get 0) (i32.const 1)))
)

(assert_return (invoke "notify" (i64.const 65520)) (i32.const 0))
(assert_return (invoke "notify" (i64.const 65532)) (i32.const 0))
(assert_return (invoke "notify offset=65520" (i64.const 8)) (i32.const 0))
(assert_return (invoke "notify offset=65520" (i64.const 12)) (i32.const 0))
(assert_trap (invoke "notify" (i64.const 65536)) "out of bounds memory access")
(assert_trap (invoke "notify offset=65520" (i64.const 16)) "out of bounds memory access")
(assert_return (invoke "notify offset=1" (i64.const 65527)) (i32.const 0))
(assert_trap (invoke "notify offset=1" (i64.const 65520)) "unaligned atomic")
(assert_trap (invoke "notify" (i64.const 65522)) "unaligned atomic")
