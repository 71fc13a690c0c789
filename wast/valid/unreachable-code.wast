;; title:    behind an unconditional branch an atomic instruction takes what it needs from nowhere, but of its own types
;; spec:     valid-instr-seq
;; features: threads
;; threads:  1

(module
  (memory 1 1 shared)
  (func (export "f") (result i32)
    (block (result i32)
      (br 0 (i32.const 42))
      i32.atomic.rmw.cmpxchg
      i64.extend_i32_u
      i64.const 0
      memory.atomic.wait64
      memory.atomic.notify
      i32.atomic.store
      atomic.fence
      i64.atomic.rmw32.xchg_u
      drop
      i32.atomic.load8_u))
  (func (export "g") (unreachable) (i64.atomic.store))
)
(assert_return (invoke "f") (i32.const 42))
(assert_trap (invoke "g") "unreachable")

(assert_invalid
  (module (memory 1 1 shared) (func (unreachable) (i64.const 0) (i32.atomic.load) (drop)))
  "type mismatch")
(assert_invalid
  (module (memory 1 1 shared) (func (unreachable) (i32.const 0) (i64.atomic.store)))
  "type mismatch")
(assert_invalid
  (module (memory 1 1 shared) (func (unreachable) (i32.const 0) (memory.atomic.wait32) (drop)))
  "type mismatch")
(assert_invalid
  (module (memory 1 1 shared) (func (result i64) (unreachable) (memory.atomic.notify)))
  "type mismatch")
;; Alignment and memory are looked at there, too.
(assert_invalid
  (module (memory 1 1 shared) (func (unreachable) (i32.atomic.load align=2) (drop)))
  "atomic alignment must be natural")
(assert_invalid (module (func (unreachable) (i32.atomic.load) (drop))) "unknown memory")
