;; title:    an atomic load past the end of the memory, or across it, traps
;; spec:     exec-memarg
;; features: threads
;; threads:  1

;; The first byte past the end is at 65536. An access across the end is misaligned as well: which of the two the trap
;; names is open, so the message is left out.
;; Written by tools/generate.
(module
  (memory 1 1 shared)
  (data (i32.const 65520) "\11\22\33\44\55\66\77\88\99\aa\bb\cc\dd\ee\ff\f0")
  (func (export "i32.load") (param i32) (result i32) (i32.atomic.load (local.get 0)))
  (func (export "i32.load offset=16") (param i32) (result i32) (i32.atomic.load offset=16 (local.get 0)))
  (func (export "i64.load") (param i32) (result i64) (i64.atomic.load (local.get 0)))
  (func (export "i64.load offset=16") (param i32) (result i64) (i64.atomic.load offset=16 (local.get 0)))
  (func (export "i32.load8_u") (param i32) (result i32) (i32.atomic.load8_u (local.get 0)))
  (func (export "i32.load8_u offset=16") (param i32) (result i32) (i32.atomic.load8_u offset=16 (local.get 0)))
  (func (export "i32.load16_u") (param i32) (result i32) (i32.atomic.load16_u (local.get 0)))
  (func (export "i32.load16_u offset=16") (param i32) (result i32) (i32.atomic.load16_u offset=16 (local.get 0)))
  (func (export "i64.load8_u") (param i32) (result i64) (i64.atomic.load8_u (local.get 0)))
  (func (export "i64.load8_u offset=16") (param i32) (result i64) (i64.atomic.load8_u offset=16 (local.get 0)))
  (func (export "i64.load16_u") (param i32) (result i64) (i64.atomic.load16_u (local.get 0)))
  (func (export "i64.load16_u offset=16") (param i32) (result i64) (i64.atomic.load16_u offset=16 (local.get 0)))
  (func (export "i64.load32_u") (param i32) (result i64) (i64.atomic.load32_u (local.get 0)))
  (func (export "i64.load32_u offset=16") (param i32) (result i64) (i64.atomic.load32_u offset=16 (local.get 0)))
)

(assert_trap (invoke "i32.load" (i32.const 65536)) "out of bounds memory access")
(assert_trap (invoke "i32.load" (i32.const 0x80000000)) "out of bounds memory access")
(assert_trap (invoke "i32.load" (i32.const 0xfffffffc)) "out of bounds memory access")
(assert_trap (invoke "i32.load offset=16" (i32.const 65520)) "out of bounds memory access")
(assert_trap (invoke "i32.load" (i32.const 65533)) "")
(assert_trap (invoke "i32.load" (i32.const 65535)) "")
(assert_trap (invoke "i32.load offset=16" (i32.const 65519)) "")

(assert_trap (invoke "i64.load" (i32.const 65536)) "out of bounds memory access")
(assert_trap (invoke "i64.load" (i32.const 0x80000000)) "out of bounds memory access")
(assert_trap (invoke "i64.load" (i32.const 0xfffffff8)) "out of bounds memory access")
(assert_trap (invoke "i64.load offset=16" (i32.const 65520)) "out of bounds memory access")
(assert_trap (invoke "i64.load" (i32.const 65529)) "")
(assert_trap (invoke "i64.load" (i32.const 65535)) "")
(assert_trap (invoke "i64.load offset=16" (i32.const 65519)) "")

(assert_trap (invoke "i32.load8_u" (i32.const 65536)) "out of bounds memory access")
(assert_trap (invoke "i32.load8_u" (i32.const 0x80000000)) "out of bounds memory access")
(assert_trap (invoke "i32.load8_u" (i32.const 0xffffffff)) "out of bounds memory access")
(assert_trap (invoke "i32.load8_u offset=16" (i32.const 65520)) "out of bounds memory access")

(assert_trap (invoke "i32.load16_u" (i32.const 65536)) "out of bounds memory access")
(assert_trap (invoke "i32.load16_u" (i32.const 0x80000000)) "out of bounds memory access")
(assert_trap (invoke "i32.load16_u" (i32.const 0xfffffffe)) "out of bounds memory access")
(assert_trap (invoke "i32.load16_u offset=16" (i32.const 65520)) "out of bounds memory access")
(assert_trap (invoke "i32.load16_u" (i32.const 65535)) "")
(assert_trap (invoke "i32.load16_u offset=16" (i32.const 65519)) "")

(assert_trap (invoke "i64.load8_u" (i32.const 65536)) "out of bounds memory access")
(assert_trap (invoke "i64.load8_u" (i32.const 0x80000000)) "out of bounds memory access")
(assert_trap (invoke "i64.load8_u" (i32.const 0xffffffff)) "out of bounds memory access")
(assert_trap (invoke "i64.load8_u offset=16" (i32.const 65520)) "out of bounds memory access")

(assert_trap (invoke "i64.load16_u" (i32.const 65536)) "out of bounds memory access")
(assert_trap (invoke "i64.load16_u" (i32.const 0x80000000)) "out of bounds memory access")
(assert_trap (invoke "i64.load16_u" (i32.const 0xfffffffe)) "out of bounds memory access")
(assert_trap (invoke "i64.load16_u offset=16" (i32.const 65520)) "out of bounds memory access")
(assert_trap (invoke "i64.load16_u" (i32.const 65535)) "")
(assert_trap (invoke "i64.load16_u offset=16" (i32.const 65519)) "")

(assert_trap (invoke "i64.load32_u" (i32.const 65536)) "out of bounds memory access")
(assert_trap (invoke "i64.load32_u" (i32.const 0x80000000)) "out of bounds memory access")
(assert_trap (invoke "i64.load32_u" (i32.const 0xfffffffc)) "out of bounds memory access")
(assert_trap (invoke "i64.load32_u offset=16" (i32.const 65520)) "out of bounds memory access")
(assert_trap (invoke "i64.load32_u" (i32.const 65533)) "")
(assert_trap (invoke "i64.load32_u" (i32.const 65535)) "")
(assert_trap (invoke "i64.load32_u offset=16" (i32.const 65519)) "")
