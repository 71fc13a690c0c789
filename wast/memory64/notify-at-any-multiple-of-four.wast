;; title:    a notify in a 64-bit memory has a cell of 32 bits, whatever the width of its address
;; spec:     exec-memory.atomic.notify
;; features: threads memory64
;; threads:  1
;; why:      WasmEdge #5310, WasmEdge #5318

(module
  (memory i64 1 1 shared)
  (func (export "notify") (param i64) (result i32) (memory.atomic.notify (local.get 0) (i32.const 1)))
  (func (export "notify offset=4") (param i64) (result i32)
    (memory.atomic.notify offset=4 (local.get 0) (i32.const 1)))
  (func (export "wait32") (param i64) (result i32)
    (memory.atomic.wait32 (local.get 0) (i32.const 0) (i64.const 0)))
  (func (export "wait64") (param i64) (result i32)
    (memory.atomic.wait64 (local.get 0) (i64.const 0) (i64.const 0)))
)
(assert_return (invoke "notify" (i64.const 4)) (i32.const 0))
(assert_return (invoke "notify" (i64.const 12)) (i32.const 0))
(assert_return (invoke "notify" (i64.const 65528)) (i32.const 0))
(assert_return (invoke "notify" (i64.const 65532)) (i32.const 0))
(assert_return (invoke "notify offset=4" (i64.const 65528)) (i32.const 0))
(assert_trap (invoke "notify" (i64.const 65536)) "out of bounds memory access")
(assert_trap (invoke "notify offset=4" (i64.const 65532)) "out of bounds memory access")
(assert_trap (invoke "notify" (i64.const 2)) "unaligned atomic")
(assert_trap (invoke "notify" (i64.const 65530)) "unaligned atomic")
(assert_trap (invoke "notify" (i64.const 0x1_0000_0000)) "out of bounds memory access")

(assert_return (invoke "wait32" (i64.const 4)) (i32.const 2))
(assert_return (invoke "wait32" (i64.const 65532)) (i32.const 2))
(assert_return (invoke "wait64" (i64.const 65528)) (i32.const 2))
(assert_trap (invoke "wait64" (i64.const 4)) "unaligned atomic")
(assert_trap (invoke "wait32" (i64.const 65536)) "out of bounds memory access")
