;; title:    what must be aligned of an atomic load is base + offset
;; spec:     exec-instr-atomic-memory
;; features: threads
;; threads:  1

;; With such an offset an aligned base traps, and the right misaligned one does not.
;; Written by tools/generate.
(module
  (memory 1 1 shared)
  (data (i32.const 16) "\11\22\33\44\55\66\77\88\99\aa\bb\cc\dd\ee\ff\f0")
  (func (export "i32.load offset=1") (param i32) (result i32) (i32.atomic.load offset=1 (local.get 0)))
  (func (export "i32.load offset=2") (param i32) (result i32) (i32.atomic.load offset=2 (local.get 0)))
  (func (export "i64.load offset=1") (param i32) (result i64) (i64.atomic.load offset=1 (local.get 0)))
  (func (export "i64.load offset=2") (param i32) (result i64) (i64.atomic.load offset=2 (local.get 0)))
  (func (export "i64.load offset=4") (param i32) (result i64) (i64.atomic.load offset=4 (local.get 0)))
  (func (export "i32.load16_u offset=1") (param i32) (result i32) (i32.atomic.load16_u offset=1 (local.get 0)))
  (func (export "i64.load16_u offset=1") (param i32) (result i64) (i64.atomic.load16_u offset=1 (local.get 0)))
  (func (export "i64.load32_u offset=1") (param i32) (result i64) (i64.atomic.load32_u offset=1 (local.get 0)))
  (func (export "i64.load32_u offset=2") (param i32) (result i64) (i64.atomic.load32_u offset=2 (local.get 0)))
)

(assert_trap (invoke "i32.load offset=1" (i32.const 16)) "unaligned atomic")
(assert_trap (invoke "i32.load offset=1" (i32.const 24)) "unaligned atomic")
(assert_return (invoke "i32.load offset=1" (i32.const 15)) (i32.const 0x44332211))
(assert_return (invoke "i32.load offset=1" (i32.const 27)) (i32.const 0xf0ffeedd))
(assert_trap (invoke "i32.load offset=2" (i32.const 16)) "unaligned atomic")
(assert_trap (invoke "i32.load offset=2" (i32.const 24)) "unaligned atomic")
(assert_return (invoke "i32.load offset=2" (i32.const 14)) (i32.const 0x44332211))
(assert_return (invoke "i32.load offset=2" (i32.const 26)) (i32.const 0xf0ffeedd))

(assert_trap (invoke "i64.load offset=1" (i32.const 16)) "unaligned atomic")
(assert_trap (invoke "i64.load offset=1" (i32.const 24)) "unaligned atomic")
(assert_return (invoke "i64.load offset=1" (i32.const 15)) (i64.const 0x8877665544332211))
(assert_return (invoke "i64.load offset=1" (i32.const 23)) (i64.const 0xf0ffeeddccbbaa99))
(assert_trap (invoke "i64.load offset=2" (i32.const 16)) "unaligned atomic")
(assert_trap (invoke "i64.load offset=2" (i32.const 24)) "unaligned atomic")
(assert_return (invoke "i64.load offset=2" (i32.const 14)) (i64.const 0x8877665544332211))
(assert_return (invoke "i64.load offset=2" (i32.const 22)) (i64.const 0xf0ffeeddccbbaa99))
(assert_trap (invoke "i64.load offset=4" (i32.const 16)) "unaligned atomic")
(assert_trap (invoke "i64.load offset=4" (i32.const 24)) "unaligned atomic")
(assert_return (invoke "i64.load offset=4" (i32.const 12)) (i64.const 0x8877665544332211))
(assert_return (invoke "i64.load offset=4" (i32.const 20)) (i64.const 0xf0ffeeddccbbaa99))

(assert_trap (invoke "i32.load16_u offset=1" (i32.const 16)) "unaligned atomic")
(assert_trap (invoke "i32.load16_u offset=1" (i32.const 24)) "unaligned atomic")
(assert_return (invoke "i32.load16_u offset=1" (i32.const 15)) (i32.const 0x2211))
(assert_return (invoke "i32.load16_u offset=1" (i32.const 29)) (i32.const 0xf0ff))

(assert_trap (invoke "i64.load16_u offset=1" (i32.const 16)) "unaligned atomic")
(assert_trap (invoke "i64.load16_u offset=1" (i32.const 24)) "unaligned atomic")
(assert_return (invoke "i64.load16_u offset=1" (i32.const 15)) (i64.const 0x2211))
(assert_return (invoke "i64.load16_u offset=1" (i32.const 29)) (i64.const 0xf0ff))

(assert_trap (invoke "i64.load32_u offset=1" (i32.const 16)) "unaligned atomic")
(assert_trap (invoke "i64.load32_u offset=1" (i32.const 24)) "unaligned atomic")
(assert_return (invoke "i64.load32_u offset=1" (i32.const 15)) (i64.const 0x44332211))
(assert_return (invoke "i64.load32_u offset=1" (i32.const 27)) (i64.const 0xf0ffeedd))
(assert_trap (invoke "i64.load32_u offset=2" (i32.const 16)) "unaligned atomic")
(assert_trap (invoke "i64.load32_u offset=2" (i32.const 24)) "unaligned atomic")
(assert_return (invoke "i64.load32_u offset=2" (i32.const 14)) (i64.const 0x44332211))
(assert_return (invoke "i64.load32_u offset=2" (i32.const 26)) (i64.const 0xf0ffeedd))
