;; title:    an rmw.xchg is valid with its natural alignment and with no other, below or above
;; spec:     valid-instr-atomic-memory
;; features: threads
;; threads:  1
;; why:      threads #242, wabt #641, binaryen #3172, threads #117

;; The memory may be shared or not. After unreachable the operands may be anything.
;; Written by tools/generate.
(module
  (memory 1 1 shared)
  (func unreachable i32.atomic.rmw.xchg align=4 unreachable)
  (func unreachable i64.atomic.rmw.xchg align=8 unreachable)
  (func unreachable i32.atomic.rmw8.xchg_u align=1 unreachable)
  (func unreachable i32.atomic.rmw16.xchg_u align=2 unreachable)
  (func unreachable i64.atomic.rmw8.xchg_u align=1 unreachable)
  (func unreachable i64.atomic.rmw16.xchg_u align=2 unreachable)
  (func unreachable i64.atomic.rmw32.xchg_u align=4 unreachable)
)
(module
  (memory 1)
  (func unreachable i32.atomic.rmw.xchg align=4 unreachable)
  (func unreachable i64.atomic.rmw.xchg align=8 unreachable)
  (func unreachable i32.atomic.rmw8.xchg_u align=1 unreachable)
  (func unreachable i32.atomic.rmw16.xchg_u align=2 unreachable)
  (func unreachable i64.atomic.rmw8.xchg_u align=1 unreachable)
  (func unreachable i64.atomic.rmw16.xchg_u align=2 unreachable)
  (func unreachable i64.atomic.rmw32.xchg_u align=4 unreachable)
)

(assert_invalid (module (memory 1 1 shared) (func unreachable i32.atomic.rmw.xchg align=1 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1 1 shared) (func unreachable i32.atomic.rmw.xchg align=2 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1 1 shared) (func unreachable i32.atomic.rmw.xchg align=8 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1 1 shared) (func unreachable i32.atomic.rmw.xchg align=16 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1 1 shared) (func unreachable i64.atomic.rmw.xchg align=1 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1 1 shared) (func unreachable i64.atomic.rmw.xchg align=2 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1 1 shared) (func unreachable i64.atomic.rmw.xchg align=4 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1 1 shared) (func unreachable i64.atomic.rmw.xchg align=16 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1 1 shared) (func unreachable i32.atomic.rmw8.xchg_u align=2 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1 1 shared) (func unreachable i32.atomic.rmw8.xchg_u align=4 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1 1 shared) (func unreachable i32.atomic.rmw8.xchg_u align=8 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1 1 shared) (func unreachable i32.atomic.rmw8.xchg_u align=16 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1 1 shared) (func unreachable i32.atomic.rmw16.xchg_u align=1 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1 1 shared) (func unreachable i32.atomic.rmw16.xchg_u align=4 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1 1 shared) (func unreachable i32.atomic.rmw16.xchg_u align=8 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1 1 shared) (func unreachable i32.atomic.rmw16.xchg_u align=16 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1 1 shared) (func unreachable i64.atomic.rmw8.xchg_u align=2 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1 1 shared) (func unreachable i64.atomic.rmw8.xchg_u align=4 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1 1 shared) (func unreachable i64.atomic.rmw8.xchg_u align=8 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1 1 shared) (func unreachable i64.atomic.rmw8.xchg_u align=16 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1 1 shared) (func unreachable i64.atomic.rmw16.xchg_u align=1 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1 1 shared) (func unreachable i64.atomic.rmw16.xchg_u align=4 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1 1 shared) (func unreachable i64.atomic.rmw16.xchg_u align=8 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1 1 shared) (func unreachable i64.atomic.rmw16.xchg_u align=16 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1 1 shared) (func unreachable i64.atomic.rmw32.xchg_u align=1 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1 1 shared) (func unreachable i64.atomic.rmw32.xchg_u align=2 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1 1 shared) (func unreachable i64.atomic.rmw32.xchg_u align=8 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1 1 shared) (func unreachable i64.atomic.rmw32.xchg_u align=16 unreachable)) "atomic alignment must be natural")
