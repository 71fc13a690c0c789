;; title:    the upper half of a 64-bit address counts in plain and bulk accesses too
;; spec:     exec-memarg
;; features: threads memory64
;; threads:  1

;; 2^32 + 16 is not 16, whose bytes must stay; "both" has half of that sum as its offset.
(module
  (memory i64 1 1 shared)
  (data (i64.const 16) "\88\99\aa\bb\cc\dd\ee\ff")
  (func (export "word") (result i64) (i64.load (i64.const 16)))
  (func (export "both") (param i64) (result i64) (i64.atomic.load offset=0x80000010 (local.get 0)))
  (func (export "load") (param i64) (result i64) (i64.load (local.get 0)))
  (func (export "store") (param i64) (i64.store (local.get 0) (i64.const 1)))
  (func (export "fill") (param i64 i64) (memory.fill (local.get 0) (i32.const 1) (local.get 1)))
)

(assert_return (invoke "load" (i64.const 16)) (i64.const 0xffeeddccbbaa9988))
(assert_trap (invoke "both" (i64.const 0x80000000)) "out of bounds memory access")
(assert_trap (invoke "load" (i64.const 0x100000010)) "out of bounds memory access")
(assert_trap (invoke "load" (i64.const 0x8000000000000010)) "out of bounds memory access")
(assert_trap (invoke "store" (i64.const 0x100000010)) "out of bounds memory access")
(assert_trap (invoke "fill" (i64.const 0x100000010) (i64.const 8)) "out of bounds memory access")
(assert_trap (invoke "fill" (i64.const 16) (i64.const 0x100000008)) "out of bounds memory access")
(assert_trap (invoke "fill" (i64.const 16) (i64.const -8)) "out of bounds memory access")
(assert_return (invoke "word") (i64.const 0xffeeddccbbaa9988))
