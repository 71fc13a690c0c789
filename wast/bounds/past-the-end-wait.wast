;; title:    a wait past the end of the memory, or across it, traps
;; spec:     exec-memarg
;; features: threads
;; threads:  1
;; why:      wasmer #6867

;; The first byte past the end is at 65536. An access across the end is misaligned as well: which of the two the trap
;; names is open, so the message is left out.
;; Written by tools/generate.
(module
  (memory 1 1 shared)
  (data (i32.const 65520) "\11\22\33\44\55\66\77\88\99\aa\bb\cc\dd\ee\ff\f0")
  (func (export "wait32") (param i32 i32) (result i32) (memory.atomic.wait32 (local.get 0) (local.get 1) (i64.const 0)))
  (func (export "wait32 offset=16") (param i32 i32) (result i32)
    (memory.atomic.wait32 offset=16 (local.get 0) (local.get 1) (i64.const 0)))
  (func (export "wait64") (param i32 i64) (result i32) (memory.atomic.wait64 (local.get 0) (local.get 1) (i64.const 0)))
  (func (export "wait64 offset=16") (param i32 i64) (result i32)
    (memory.atomic.wait64 offset=16 (local.get 0) (local.get 1) (i64.const 0)))
)

(assert_trap (invoke "wait32" (i32.const 65536) (i32.const 0xf0ffeedd)) "out of bounds memory access")
(assert_trap (invoke "wait32" (i32.const 0x80000000) (i32.const 0x44332211)) "out of bounds memory access")
(assert_trap (invoke "wait32" (i32.const 0xfffffffc) (i32.const 0x44332211)) "out of bounds memory access")
(assert_trap (invoke "wait32 offset=16" (i32.const 65520) (i32.const 0x44332211)) "out of bounds memory access")
(assert_trap (invoke "wait32" (i32.const 65533) (i32.const 0xf0ffeedd)) "")
(assert_trap (invoke "wait32" (i32.const 65535) (i32.const 0xf0ffeedd)) "")
(assert_trap (invoke "wait32 offset=16" (i32.const 65519) (i32.const 0xf0ffeedd)) "")

(assert_trap (invoke "wait64" (i32.const 65536) (i64.const 0xf0ffeeddccbbaa99)) "out of bounds memory access")
(assert_trap (invoke "wait64" (i32.const 0x80000000) (i64.const 0x8877665544332211)) "out of bounds memory access")
(assert_trap (invoke "wait64" (i32.const 0xfffffff8) (i64.const 0x8877665544332211)) "out of bounds memory access")
(assert_trap (invoke "wait64 offset=16" (i32.const 65520) (i64.const 0x8877665544332211)) "out of bounds memory access")
(assert_trap (invoke "wait64" (i32.const 65529) (i64.const 0xf0ffeeddccbbaa99)) "")
(assert_trap (invoke "wait64" (i32.const 65535) (i64.const 0xf0ffeeddccbbaa99)) "")
(assert_trap (invoke "wait64 offset=16" (i32.const 65519) (i64.const 0xf0ffeeddccbbaa99)) "")
