;; title:    a wait is valid with its natural alignment and with no other, below or above
;; spec:     valid-instr-atomic-memory
;; features: threads
;; threads:  1
;; why:      threads #242, wabt #641, binaryen #3172, threads #117

;; The memory may be shared or not. After unreachable the operands may be anything.
;; Written by tools/generate.
(module
  (memory 1 1 shared)
  (func unreachable memory.atomic.wait32 align=4 unreachable)
  (func unreachable memory.atomic.wait64 align=8 unreachable)
)
(module
  (memory 1)
  (func unreachable memory.atomic.wait32 align=4 unreachable)
  (func unreachable memory.atomic.wait64 align=8 unreachable)
)

(assert_invalid (module (memory 1 1 shared) (func unreachable memory.atomic.wait32 align=1 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1 1 shared) (func unreachable memory.atomic.wait32 align=2 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1 1 shared) (func unreachable memory.atomic.wait32 align=8 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1 1 shared) (func unreachable memory.atomic.wait32 align=16 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1 1 shared) (func unreachable memory.atomic.wait64 align=1 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1 1 shared) (func unreachable memory.atomic.wait64 align=2 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1 1 shared) (func unreachable memory.atomic.wait64 align=4 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1 1 shared) (func unreachable memory.atomic.wait64 align=16 unreachable)) "atomic alignment must be natural")
