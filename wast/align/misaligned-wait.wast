;; title:    a wait at a misaligned address traps
;; spec:     exec-instr-atomic-memory
;; features: threads
;; threads:  1
;; why:      wasmtime #5483, wasmtime #5882, wasmtime #10982, wasmer #6867

;; Every misalignment of each width; a machine's own trap would end the process.
;; Written by tools/generate.
(module
  (memory 1 1 shared)
  (data (i32.const 16) "\11\22\33\44\55\66\77\88\99\aa\bb\cc\dd\ee\ff\f0")
  (func (export "wait32") (param i32 i32) (result i32) (memory.atomic.wait32 (local.get 0) (local.get 1) (i64.const 0)))
  (func (export "wait64") (param i32 i64) (result i32) (memory.atomic.wait64 (local.get 0) (local.get 1) (i64.const 0)))
)

(assert_trap (invoke "wait32" (i32.const 17) (i32.const 0x55443322)) "unaligned atomic")
(assert_trap (invoke "wait32" (i32.const 18) (i32.const 0x66554433)) "unaligned atomic")
(assert_trap (invoke "wait32" (i32.const 19) (i32.const 0x77665544)) "unaligned atomic")

(assert_trap (invoke "wait64" (i32.const 17) (i64.const 0x9988776655443322)) "unaligned atomic")
(assert_trap (invoke "wait64" (i32.const 18) (i64.const 0xaa99887766554433)) "unaligned atomic")
(assert_trap (invoke "wait64" (i32.const 19) (i64.const 0xbbaa998877665544)) "unaligned atomic")
(assert_trap (invoke "wait64" (i32.const 20) (i64.const 0xccbbaa9988776655)) "unaligned atomic")
(assert_trap (invoke "wait64" (i32.const 21) (i64.const 0xddccbbaa99887766)) "unaligned atomic")
(assert_trap (invoke "wait64" (i32.const 22) (i64.const 0xeeddccbbaa998877)) "unaligned atomic")
(assert_trap (invoke "wait64" (i32.const 23) (i64.const 0xffeeddccbbaa9988)) "unaligned atomic")
