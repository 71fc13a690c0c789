;; title:    a wait at base + offset of 2^32 or more traps: the sum does not wrap
;; spec:     exec-memarg
;; features: threads
;; threads:  1
;; why:      wasmtime #3132, wasmtime #12909

;; In 32 bits the first four of each six sums would be 0 and 8, where the memory has bytes to be found.
;; Written by tools/generate.
(module
  (memory 1 1 shared)
  (data (i32.const 0) "\11\22\33\44\55\66\77\88\99\aa\bb\cc\dd\ee\ff\f0")
  (func (export "wait32 offset=16") (param i32 i32) (result i32)
    (memory.atomic.wait32 offset=16 (local.get 0) (local.get 1) (i64.const 0)))
  (func (export "wait32 offset=0xfffffff8") (param i32 i32) (result i32)
    (memory.atomic.wait32 offset=0xfffffff8 (local.get 0) (local.get 1) (i64.const 0)))
  (func (export "wait64 offset=16") (param i32 i64) (result i32)
    (memory.atomic.wait64 offset=16 (local.get 0) (local.get 1) (i64.const 0)))
  (func (export "wait64 offset=0xfffffff8") (param i32 i64) (result i32)
    (memory.atomic.wait64 offset=0xfffffff8 (local.get 0) (local.get 1) (i64.const 0)))
)

(assert_trap (invoke "wait32 offset=16" (i32.const 0xfffffff0) (i32.const 0x44332211)) "out of bounds memory access")
(assert_trap (invoke "wait32 offset=16" (i32.const 0xfffffff8) (i32.const 0xccbbaa99)) "out of bounds memory access")
(assert_trap (invoke "wait32 offset=0xfffffff8" (i32.const 8) (i32.const 0x44332211)) "out of bounds memory access")
(assert_trap (invoke "wait32 offset=0xfffffff8" (i32.const 16) (i32.const 0xccbbaa99)) "out of bounds memory access")
(assert_trap (invoke "wait32 offset=0xfffffff8" (i32.const 0xfffffff8) (i32.const 0x44332211)) "out of bounds memory access")
(assert_trap (invoke "wait32 offset=0xfffffff8" (i32.const 0) (i32.const 0x44332211)) "out of bounds memory access")

(assert_trap (invoke "wait64 offset=16" (i32.const 0xfffffff0) (i64.const 0x8877665544332211)) "out of bounds memory access")
(assert_trap (invoke "wait64 offset=16" (i32.const 0xfffffff8) (i64.const 0xf0ffeeddccbbaa99)) "out of bounds memory access")
(assert_trap (invoke "wait64 offset=0xfffffff8" (i32.const 8) (i64.const 0x8877665544332211)) "out of bounds memory access")
(assert_trap (invoke "wait64 offset=0xfffffff8" (i32.const 16) (i64.const 0xf0ffeeddccbbaa99)) "out of bounds memory access")
(assert_trap (invoke "wait64 offset=0xfffffff8" (i32.const 0xfffffff8) (i64.const 0x8877665544332211)) "out of bounds memory access")
(assert_trap (invoke "wait64 offset=0xfffffff8" (i32.const 0) (i64.const 0x8877665544332211)) "out of bounds memory access")
