;; title:    a notify is valid with its natural alignment and with no other, below or above
;; spec:     valid-instr-atomic-memory
;; features: threads
;; threads:  1
;; why:      threads #242, wabt #641, binaryen #3172, threads #117

;; The memory may be shared or not. After unreachable the operands may be anything.
;; Written by tools/generate.
(module
  (memory 1 1 shared)
  (func unreachable memory.atomic.notify align=4 unreachable)
)
(module
  (memory 1)
  (func unreachable memory.atomic.notify align=4 unreachable)
)

(assert_invalid (module (memory 1 1 shared) (func unreachable memory.atomic.notify align=1 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1 1 shared) (func unreachable memory.atomic.notify align=2 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1 1 shared) (func unreachable memory.atomic.notify align=8 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1 1 shared) (func unreachable memory.atomic.notify align=16 unreachable)) "atomic alignment must be natural")
