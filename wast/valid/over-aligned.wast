;; title:    an atomic access with more than its natural alignment is invalid
;; spec:     valid-instr-atomic-memory
;; features: threads
;; threads:  1
;; why:      threads #242

;; After unreachable the operands may be anything.
(assert_invalid (module (memory 1) (func unreachable i32.atomic.load align=8 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1) (func unreachable i64.atomic.load align=16 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1) (func unreachable i32.atomic.load8_u align=2 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1) (func unreachable i32.atomic.load16_u align=4 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1) (func unreachable i64.atomic.load8_u align=2 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1) (func unreachable i64.atomic.load16_u align=4 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1) (func unreachable i64.atomic.load32_u align=8 unreachable)) "atomic alignment must be natural")

(assert_invalid (module (memory 1) (func unreachable i32.atomic.store align=8 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1) (func unreachable i64.atomic.store align=16 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1) (func unreachable i32.atomic.store8 align=2 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1) (func unreachable i32.atomic.store16 align=4 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1) (func unreachable i64.atomic.store8 align=2 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1) (func unreachable i64.atomic.store16 align=4 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1) (func unreachable i64.atomic.store32 align=8 unreachable)) "atomic alignment must be natural")

(assert_invalid (module (memory 1) (func unreachable i32.atomic.rmw.add align=8 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1) (func unreachable i64.atomic.rmw.add align=16 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1) (func unreachable i32.atomic.rmw8.add_u align=2 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1) (func unreachable i32.atomic.rmw16.add_u align=4 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1) (func unreachable i64.atomic.rmw8.add_u align=2 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1) (func unreachable i64.atomic.rmw16.add_u align=4 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1) (func unreachable i64.atomic.rmw32.add_u align=8 unreachable)) "atomic alignment must be natural")

(assert_invalid (module (memory 1) (func unreachable i32.atomic.rmw.sub align=8 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1) (func unreachable i64.atomic.rmw.sub align=16 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1) (func unreachable i32.atomic.rmw8.sub_u align=2 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1) (func unreachable i32.atomic.rmw16.sub_u align=4 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1) (func unreachable i64.atomic.rmw8.sub_u align=2 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1) (func unreachable i64.atomic.rmw16.sub_u align=4 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1) (func unreachable i64.atomic.rmw32.sub_u align=8 unreachable)) "atomic alignment must be natural")

(assert_invalid (module (memory 1) (func unreachable i32.atomic.rmw.and align=8 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1) (func unreachable i64.atomic.rmw.and align=16 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1) (func unreachable i32.atomic.rmw8.and_u align=2 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1) (func unreachable i32.atomic.rmw16.and_u align=4 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1) (func unreachable i64.atomic.rmw8.and_u align=2 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1) (func unreachable i64.atomic.rmw16.and_u align=4 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1) (func unreachable i64.atomic.rmw32.and_u align=8 unreachable)) "atomic alignment must be natural")

(assert_invalid (module (memory 1) (func unreachable i32.atomic.rmw.or align=8 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1) (func unreachable i64.atomic.rmw.or align=16 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1) (func unreachable i32.atomic.rmw8.or_u align=2 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1) (func unreachable i32.atomic.rmw16.or_u align=4 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1) (func unreachable i64.atomic.rmw8.or_u align=2 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1) (func unreachable i64.atomic.rmw16.or_u align=4 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1) (func unreachable i64.atomic.rmw32.or_u align=8 unreachable)) "atomic alignment must be natural")

(assert_invalid (module (memory 1) (func unreachable i32.atomic.rmw.xor align=8 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1) (func unreachable i64.atomic.rmw.xor align=16 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1) (func unreachable i32.atomic.rmw8.xor_u align=2 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1) (func unreachable i32.atomic.rmw16.xor_u align=4 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1) (func unreachable i64.atomic.rmw8.xor_u align=2 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1) (func unreachable i64.atomic.rmw16.xor_u align=4 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1) (func unreachable i64.atomic.rmw32.xor_u align=8 unreachable)) "atomic alignment must be natural")

(assert_invalid (module (memory 1) (func unreachable i32.atomic.rmw.xchg align=8 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1) (func unreachable i64.atomic.rmw.xchg align=16 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1) (func unreachable i32.atomic.rmw8.xchg_u align=2 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1) (func unreachable i32.atomic.rmw16.xchg_u align=4 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1) (func unreachable i64.atomic.rmw8.xchg_u align=2 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1) (func unreachable i64.atomic.rmw16.xchg_u align=4 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1) (func unreachable i64.atomic.rmw32.xchg_u align=8 unreachable)) "atomic alignment must be natural")

(assert_invalid (module (memory 1) (func unreachable i32.atomic.rmw.cmpxchg align=8 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1) (func unreachable i64.atomic.rmw.cmpxchg align=16 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1) (func unreachable i32.atomic.rmw8.cmpxchg_u align=2 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1) (func unreachable i32.atomic.rmw16.cmpxchg_u align=4 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1) (func unreachable i64.atomic.rmw8.cmpxchg_u align=2 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1) (func unreachable i64.atomic.rmw16.cmpxchg_u align=4 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1) (func unreachable i64.atomic.rmw32.cmpxchg_u align=8 unreachable)) "atomic alignment must be natural")

(assert_invalid (module (memory 1) (func unreachable memory.atomic.notify align=8 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1) (func unreachable memory.atomic.wait32 align=8 unreachable)) "atomic alignment must be natural")
(assert_invalid (module (memory 1) (func unreachable memory.atomic.wait64 align=16 unreachable)) "atomic alignment must be natural")
