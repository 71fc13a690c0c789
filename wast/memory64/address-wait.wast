;; title:    all 64 bits of base + offset count for a wait, and the sum does not wrap
;; spec:     exec-memarg
;; features: threads memory64
;; threads:  1

;; In 32 bits the first four of each eight sums would be 0 and 8, in 64 bits the others; there the memory has bytes to
;; be found.
;; Written by tools/generate.
(module
  (memory i64 1 1 shared)
  (data (i64.const 0) "\11\22\33\44\55\66\77\88\99\aa\bb\cc\dd\ee\ff\f0")
  (func (export "wait32") (param i64 i32) (result i32) (memory.atomic.wait32 (local.get 0) (local.get 1) (i64.const 0)))
  (func (export "wait32 offset=16") (param i64 i32) (result i32)
    (memory.atomic.wait32 offset=16 (local.get 0) (local.get 1) (i64.const 0)))
  (func (export "wait32 offset=0x100000000") (param i64 i32) (result i32)
    (memory.atomic.wait32 offset=0x100000000 (local.get 0) (local.get 1) (i64.const 0)))
  (func (export "wait32 offset=0xfffffffffffffff8") (param i64 i32) (result i32)
    (memory.atomic.wait32 offset=0xfffffffffffffff8 (local.get 0) (local.get 1) (i64.const 0)))
  (func (export "wait64") (param i64 i64) (result i32) (memory.atomic.wait64 (local.get 0) (local.get 1) (i64.const 0)))
  (func (export "wait64 offset=16") (param i64 i64) (result i32)
    (memory.atomic.wait64 offset=16 (local.get 0) (local.get 1) (i64.const 0)))
  (func (export "wait64 offset=0x100000000") (param i64 i64) (result i32)
    (memory.atomic.wait64 offset=0x100000000 (local.get 0) (local.get 1) (i64.const 0)))
  (func (export "wait64 offset=0xfffffffffffffff8") (param i64 i64) (result i32)
    (memory.atomic.wait64 offset=0xfffffffffffffff8 (local.get 0) (local.get 1) (i64.const 0)))
)

(assert_trap (invoke "wait32" (i64.const 0x100000000) (i32.const 0x44332211)) "out of bounds memory access")
(assert_trap (invoke "wait32" (i64.const 0x8000000000000008) (i32.const 0xccbbaa99)) "out of bounds memory access")
(assert_trap (invoke "wait32 offset=16" (i64.const 0xfffffff0) (i32.const 0x44332211)) "out of bounds memory access")
(assert_trap (invoke "wait32 offset=0x100000000" (i64.const 8) (i32.const 0xccbbaa99)) "out of bounds memory access")
(assert_trap (invoke "wait32 offset=16" (i64.const 0xfffffffffffffff0) (i32.const 0x44332211)) "out of bounds memory access")
(assert_trap (invoke "wait32 offset=16" (i64.const 0xfffffffffffffff8) (i32.const 0xccbbaa99)) "out of bounds memory access")
(assert_trap (invoke "wait32 offset=0xfffffffffffffff8" (i64.const 8) (i32.const 0x44332211)) "out of bounds memory access")
(assert_trap (invoke "wait32 offset=0xfffffffffffffff8" (i64.const 16) (i32.const 0xccbbaa99)) "out of bounds memory access")

(assert_trap (invoke "wait64" (i64.const 0x100000000) (i64.const 0x8877665544332211)) "out of bounds memory access")
(assert_trap (invoke "wait64" (i64.const 0x8000000000000008) (i64.const 0xf0ffeeddccbbaa99)) "out of bounds memory access")
(assert_trap (invoke "wait64 offset=16" (i64.const 0xfffffff0) (i64.const 0x8877665544332211)) "out of bounds memory access")
(assert_trap (invoke "wait64 offset=0x100000000" (i64.const 8) (i64.const 0xf0ffeeddccbbaa99)) "out of bounds memory access")
(assert_trap (invoke "wait64 offset=16" (i64.const 0xfffffffffffffff0) (i64.const 0x8877665544332211)) "out of bounds memory access")
(assert_trap (invoke "wait64 offset=16" (i64.const 0xfffffffffffffff8) (i64.const 0xf0ffeeddccbbaa99)) "out of bounds memory access")
(assert_trap (invoke "wait64 offset=0xfffffffffffffff8" (i64.const 8) (i64.const 0x8877665544332211)) "out of bounds memory access")
(assert_trap (invoke "wait64 offset=0xfffffffffffffff8" (i64.const 16) (i64.const 0xf0ffeeddccbbaa99)) "out of bounds memory access")
