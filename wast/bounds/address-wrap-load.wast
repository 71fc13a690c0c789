;; title:    an atomic load at base + offset of 2^32 or more traps: the sum does not wrap
;; spec:     exec-memarg
;; features: threads
;; threads:  1
;; why:      wasmtime #3132, wasmer #3167

;; In 32 bits the first four of each six sums would be 0 and 8, where the memory has bytes to be found.
;; Written by tools/generate.
(module
  (memory 1 1 shared)
  (data (i32.const 0) "\11\22\33\44\55\66\77\88\99\aa\bb\cc\dd\ee\ff\f0")
  (func (export "i32.load offset=16") (param i32) (result i32) (i32.atomic.load offset=16 (local.get 0)))
  (func (export "i32.load offset=0xfffffff8") (param i32) (result i32)
    (i32.atomic.load offset=0xfffffff8 (local.get 0)))
  (func (export "i64.load offset=16") (param i32) (result i64) (i64.atomic.load offset=16 (local.get 0)))
  (func (export "i64.load offset=0xfffffff8") (param i32) (result i64)
    (i64.atomic.load offset=0xfffffff8 (local.get 0)))
  (func (export "i32.load8_u offset=16") (param i32) (result i32) (i32.atomic.load8_u offset=16 (local.get 0)))
  (func (export "i32.load8_u offset=0xfffffff8") (param i32) (result i32)
    (i32.atomic.load8_u offset=0xfffffff8 (local.get 0)))
  (func (export "i32.load16_u offset=16") (param i32) (result i32) (i32.atomic.load16_u offset=16 (local.get 0)))
  (func (export "i32.load16_u offset=0xfffffff8") (param i32) (result i32)
    (i32.atomic.load16_u offset=0xfffffff8 (local.get 0)))
  (func (export "i64.load8_u offset=16") (param i32) (result i64) (i64.atomic.load8_u offset=16 (local.get 0)))
  (func (export "i64.load8_u offset=0xfffffff8") (param i32) (result i64)
    (i64.atomic.load8_u offset=0xfffffff8 (local.get 0)))
  (func (export "i64.load16_u offset=16") (param i32) (result i64) (i64.atomic.load16_u offset=16 (local.get 0)))
  (func (export "i64.load16_u offset=0xfffffff8") (param i32) (result i64)
    (i64.atomic.load16_u offset=0xfffffff8 (local.get 0)))
  (func (export "i64.load32_u offset=16") (param i32) (result i64) (i64.atomic.load32_u offset=16 (local.get 0)))
  (func (export "i64.load32_u offset=0xfffffff8") (param i32) (result i64)
    (i64.atomic.load32_u offset=0xfffffff8 (local.get 0)))
)

(assert_trap (invoke "i32.load offset=16" (i32.const 0xfffffff0)) "out of bounds memory access")
(assert_trap (invoke "i32.load offset=16" (i32.const 0xfffffff8)) "out of bounds memory access")
(assert_trap (invoke "i32.load offset=0xfffffff8" (i32.const 8)) "out of bounds memory access")
(assert_trap (invoke "i32.load offset=0xfffffff8" (i32.const 16)) "out of bounds memory access")
(assert_trap (invoke "i32.load offset=0xfffffff8" (i32.const 0xfffffff8)) "out of bounds memory access")
(assert_trap (invoke "i32.load offset=0xfffffff8" (i32.const 0)) "out of bounds memory access")

(assert_trap (invoke "i64.load offset=16" (i32.const 0xfffffff0)) "out of bounds memory access")
(assert_trap (invoke "i64.load offset=16" (i32.const 0xfffffff8)) "out of bounds memory access")
(assert_trap (invoke "i64.load offset=0xfffffff8" (i32.const 8)) "out of bounds memory access")
(assert_trap (invoke "i64.load offset=0xfffffff8" (i32.const 16)) "out of bounds memory access")
(assert_trap (invoke "i64.load offset=0xfffffff8" (i32.const 0xfffffff8)) "out of bounds memory access")
(assert_trap (invoke "i64.load offset=0xfffffff8" (i32.const 0)) "out of bounds memory access")

(assert_trap (invoke "i32.load8_u offset=16" (i32.const 0xfffffff0)) "out of bounds memory access")
(assert_trap (invoke "i32.load8_u offset=16" (i32.const 0xfffffff8)) "out of bounds memory access")
(assert_trap (invoke "i32.load8_u offset=0xfffffff8" (i32.const 8)) "out of bounds memory access")
(assert_trap (invoke "i32.load8_u offset=0xfffffff8" (i32.const 16)) "out of bounds memory access")
(assert_trap (invoke "i32.load8_u offset=0xfffffff8" (i32.const 0xfffffff8)) "out of bounds memory access")
(assert_trap (invoke "i32.load8_u offset=0xfffffff8" (i32.const 0)) "out of bounds memory access")

(assert_trap (invoke "i32.load16_u offset=16" (i32.const 0xfffffff0)) "out of bounds memory access")
(assert_trap (invoke "i32.load16_u offset=16" (i32.const 0xfffffff8)) "out of bounds memory access")
(assert_trap (invoke "i32.load16_u offset=0xfffffff8" (i32.const 8)) "out of bounds memory access")
(assert_trap (invoke "i32.load16_u offset=0xfffffff8" (i32.const 16)) "out of bounds memory access")
(assert_trap (invoke "i32.load16_u offset=0xfffffff8" (i32.const 0xfffffff8)) "out of bounds memory access")
(assert_trap (invoke "i32.load16_u offset=0xfffffff8" (i32.const 0)) "out of bounds memory access")

(assert_trap (invoke "i64.load8_u offset=16" (i32.const 0xfffffff0)) "out of bounds memory access")
(assert_trap (invoke "i64.load8_u offset=16" (i32.const 0xfffffff8)) "out of bounds memory access")
(assert_trap (invoke "i64.load8_u offset=0xfffffff8" (i32.const 8)) "out of bounds memory access")
(assert_trap (invoke "i64.load8_u offset=0xfffffff8" (i32.const 16)) "out of bounds memory access")
(assert_trap (invoke "i64.load8_u offset=0xfffffff8" (i32.const 0xfffffff8)) "out of bounds memory access")
(assert_trap (invoke "i64.load8_u offset=0xfffffff8" (i32.const 0)) "out of bounds memory access")

(assert_trap (invoke "i64.load16_u offset=16" (i32.const 0xfffffff0)) "out of bounds memory access")
(assert_trap (invoke "i64.load16_u offset=16" (i32.const 0xfffffff8)) "out of bounds memory access")
(assert_trap (invoke "i64.load16_u offset=0xfffffff8" (i32.const 8)) "out of bounds memory access")
(assert_trap (invoke "i64.load16_u offset=0xfffffff8" (i32.const 16)) "out of bounds memory access")
(assert_trap (invoke "i64.load16_u offset=0xfffffff8" (i32.const 0xfffffff8)) "out of bounds memory access")
(assert_trap (invoke "i64.load16_u offset=0xfffffff8" (i32.const 0)) "out of bounds memory access")

(assert_trap (invoke "i64.load32_u offset=16" (i32.const 0xfffffff0)) "out of bounds memory access")
(assert_trap (invoke "i64.load32_u offset=16" (i32.const 0xfffffff8)) "out of bounds memory access")
(assert_trap (invoke "i64.load32_u offset=0xfffffff8" (i32.const 8)) "out of bounds memory access")
(assert_trap (invoke "i64.load32_u offset=0xfffffff8" (i32.const 16)) "out of bounds memory access")
(assert_trap (invoke "i64.load32_u offset=0xfffffff8" (i32.const 0xfffffff8)) "out of bounds memory access")
(assert_trap (invoke "i64.load32_u offset=0xfffffff8" (i32.const 0)) "out of bounds memory access")
