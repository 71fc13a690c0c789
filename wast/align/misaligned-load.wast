;; title:    an atomic load at a misaligned address traps
;; spec:     exec-instr-atomic-memory
;; features: threads
;; threads:  1
;; why:      wasmtime #5483, wasmtime #5882, wasmtime #10982

;; Every misalignment of each width; a machine's own trap would end the process.
;; Written by tools/generate.
(module
  (memory 1 1 shared)
  (data (i32.const 16) "\11\22\33\44\55\66\77\88\99\aa\bb\cc\dd\ee\ff\f0")
  (func (export "i32.load") (param i32) (result i32) (i32.atomic.load (local.get 0)))
  (func (export "i64.load") (param i32) (result i64) (i64.atomic.load (local.get 0)))
  (func (export "i32.load16_u") (param i32) (result i32) (i32.atomic.load16_u (local.get 0)))
  (func (export "i64.load16_u") (param i32) (result i64) (i64.atomic.load16_u (local.get 0)))
  (func (export "i64.load32_u") (param i32) (result i64) (i64.atomic.load32_u (local.get 0)))
)

(assert_trap (invoke "i32.load" (i32.const 17)) "unaligned atomic")
(assert_trap (invoke "i32.load" (i32.const 18)) "unaligned atomic")
(assert_trap (invoke "i32.load" (i32.const 19)) "unaligned atomic")

(assert_trap (invoke "i64.load" (i32.const 17)) "unaligned atomic")
(assert_trap (invoke "i64.load" (i32.const 18)) "unaligned atomic")
(assert_trap (invoke "i64.load" (i32.const 19)) "unaligned atomic")
(assert_trap (invoke "i64.load" (i32.const 20)) "unaligned atomic")
(assert_trap (invoke "i64.load" (i32.const 21)) "unaligned atomic")
(assert_trap (invoke "i64.load" (i32.const 22)) "unaligned atomic")
(assert_trap (invoke "i64.load" (i32.const 23)) "unaligned atomic")

(assert_trap (invoke "i32.load16_u" (i32.const 17)) "unaligned atomic")

(assert_trap (invoke "i64.load16_u" (i32.const 17)) "unaligned atomic")

(assert_trap (invoke "i64.load32_u" (i32.const 17)) "unaligned atomic")
(assert_trap (invoke "i64.load32_u" (i32.const 18)) "unaligned atomic")
(assert_trap (invoke "i64.load32_u" (i32.const 19)) "unaligned atomic")
