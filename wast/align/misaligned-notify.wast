;; title:    a notify at a misaligned address traps
;; spec:     exec-instr-atomic-memory
;; features: threads
;; threads:  1
;; why:      wasmtime #5483, wasmtime #5882, wasmtime #10982, wasmer #6867

;; Every misalignment of each width; a machine's own trap would end the process.
;; Written by tools/generate.
(module
  (memory 1 1 shared)
  (func (export "notify") (param i32) (result i32) (memory.atomic.notify (local.get 0) (i32.const 1)))
)

(assert_trap (invoke "notify" (i32.const 17)) "unaligned atomic")
(assert_trap (invoke "notify" (i32.const 18)) "unaligned atomic")
(assert_trap (invoke "notify" (i32.const 19)) "unaligned atomic")
