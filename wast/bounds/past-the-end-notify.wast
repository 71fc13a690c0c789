;; title:    a notify past the end of the memory, or across it, traps
;; spec:     exec-memarg
;; features: threads
;; threads:  1
;; why:      threads #105, wasmer #6867

;; The first byte past the end is at 65536. An access across the end is misaligned as well: which of the two the trap
;; names is open, so the message is left out.
;; Written by tools/generate.
(module
  (memory 1 1 shared)
  (func (export "notify") (param i32) (result i32) (memory.atomic.notify (local.get 0) (i32.const 1)))
  (func (export "notify offset=16") (param i32) (result i32)
    (memory.atomic.notify offset=16 (local.get 0) (i32.const 1)))
)

(assert_trap (invoke "notify" (i32.const 65536)) "out of bounds memory access")
(assert_trap (invoke "notify" (i32.const 0x80000000)) "out of bounds memory access")
(assert_trap (invoke "notify" (i32.const 0xfffffffc)) "out of bounds memory access")
(assert_trap (invoke "notify offset=16" (i32.const 65520)) "out of bounds memory access")
(assert_trap (invoke "notify" (i32.const 65533)) "")
(assert_trap (invoke "notify" (i32.const 65535)) "")
(assert_trap (invoke "notify offset=16" (i32.const 65519)) "")
