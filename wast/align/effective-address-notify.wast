;; title:    what must be aligned of a notify is base + offset
;; spec:     exec-instr-atomic-memory
;; features: threads
;; threads:  1
;; why:      wasmer #6867

;; With such an offset an aligned base traps, and the right misaligned one does not.
;; Written by tools/generate.
(module
  (memory 1 1 shared)
  (func (export "notify offset=1") (param i32) (result i32) (memory.atomic.notify offset=1 (local.get 0) (i32.const 1)))
  (func (export "notify offset=2") (param i32) (result i32) (memory.atomic.notify offset=2 (local.get 0) (i32.const 1)))
)

(assert_trap (invoke "notify offset=1" (i32.const 16)) "unaligned atomic")
(assert_trap (invoke "notify offset=1" (i32.const 24)) "unaligned atomic")
(assert_return (invoke "notify offset=1" (i32.const 15)) (i32.const 0))
(assert_return (invoke "notify offset=1" (i32.const 27)) (i32.const 0))
(assert_trap (invoke "notify offset=2" (i32.const 16)) "unaligned atomic")
(assert_trap (invoke "notify offset=2" (i32.const 24)) "unaligned atomic")
(assert_return (invoke "notify offset=2" (i32.const 14)) (i32.const 0))
(assert_return (invoke "notify offset=2" (i32.const 26)) (i32.const 0))
