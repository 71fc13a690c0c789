;; title:    what must be aligned of a wait is base + offset
;; spec:     exec-instr-atomic-memory
;; features: threads
;; threads:  1
;; why:      wasmer #6867

;; With such an offset an aligned base traps, and the right misaligned one does not.
;; Written by tools/generate.
(module
  (memory 1 1 shared)
  (data (i32.const 16) "\11\22\33\44\55\66\77\88\99\aa\bb\cc\dd\ee\ff\f0")
  (func (export "wait32 offset=1") (param i32 i32) (result i32)
    (memory.atomic.wait32 offset=1 (local.get 0) (local.get 1) (i64.const 0)))
  (func (export "wait32 offset=2") (param i32 i32) (result i32)
    (memory.atomic.wait32 offset=2 (local.get 0) (local.get 1) (i64.const 0)))
  (func (export "wait64 offset=1") (param i32 i64) (result i32)
    (memory.atomic.wait64 offset=1 (local.get 0) (local.get 1) (i64.const 0)))
  (func (export "wait64 offset=2") (param i32 i64) (result i32)
    (memory.atomic.wait64 offset=2 (local.get 0) (local.get 1) (i64.const 0)))
  (func (export "wait64 offset=4") (param i32 i64) (result i32)
    (memory.atomic.wait64 offset=4 (local.get 0) (local.get 1) (i64.const 0)))
)

(assert_trap (invoke "wait32 offset=1" (i32.const 16) (i32.const 0x44332211)) "unaligned atomic")
(assert_trap (invoke "wait32 offset=1" (i32.const 24) (i32.const 0xccbbaa99)) "unaligned atomic")
(assert_return (invoke "wait32 offset=1" (i32.const 15) (i32.const 0x44332211)) (i32.const 2))
(assert_return (invoke "wait32 offset=1" (i32.const 27) (i32.const 0xf0ffeedd)) (i32.const 2))
(assert_trap (invoke "wait32 offset=2" (i32.const 16) (i32.const 0x44332211)) "unaligned atomic")
(assert_trap (invoke "wait32 offset=2" (i32.const 24) (i32.const 0xccbbaa99)) "unaligned atomic")
(assert_return (invoke "wait32 offset=2" (i32.const 14) (i32.const 0x44332211)) (i32.const 2))
(assert_return (invoke "wait32 offset=2" (i32.const 26) (i32.const 0xf0ffeedd)) (i32.const 2))

(assert_trap (invoke "wait64 offset=1" (i32.const 16) (i64.const 0x8877665544332211)) "unaligned atomic")
(assert_trap (invoke "wait64 offset=1" (i32.const 24) (i64.const 0xf0ffeeddccbbaa99)) "unaligned atomic")
(assert_return (invoke "wait64 offset=1" (i32.const 15) (i64.const 0x8877665544332211)) (i32.const 2))
(assert_return (invoke "wait64 offset=1" (i32.const 23) (i64.const 0xf0ffeeddccbbaa99)) (i32.const 2))
(assert_trap (invoke "wait64 offset=2" (i32.const 16) (i64.const 0x8877665544332211)) "unaligned atomic")
(assert_trap (invoke "wait64 offset=2" (i32.const 24) (i64.const 0xf0ffeeddccbbaa99)) "unaligned atomic")
(assert_return (invoke "wait64 offset=2" (i32.const 14) (i64.const 0x8877665544332211)) (i32.const 2))
(assert_return (invoke "wait64 offset=2" (i32.const 22) (i64.const 0xf0ffeeddccbbaa99)) (i32.const 2))
(assert_trap (invoke "wait64 offset=4" (i32.const 16) (i64.const 0x8877665544332211)) "unaligned atomic")
(assert_trap (invoke "wait64 offset=4" (i32.const 24) (i64.const 0xf0ffeeddccbbaa99)) "unaligned atomic")
(assert_return (invoke "wait64 offset=4" (i32.const 12) (i64.const 0x8877665544332211)) (i32.const 2))
(assert_return (invoke "wait64 offset=4" (i32.const 20) (i64.const 0xf0ffeeddccbbaa99)) (i32.const 2))
