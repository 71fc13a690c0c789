;; title:    of two threads that add to a cell one comes first
;; spec:     relaxed-consistent
;; features: threads
;; threads:  3
;; litmus:   RMW+2add
;; outcome:  0:r0 1:r0 M:x

(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)
(thread $T0 (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func (export "thread") (result i32) (i32.atomic.rmw.add (i32.const 0) (i32.const 1)))))
(thread $T1 (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func (export "thread") (result i32) (i32.atomic.rmw.add (i32.const 0) (i32.const 1)))))
(wait $T0)
(wait $T1)
(module
  (memory (import "mem" "memory") 1 1 shared)
  (func (export "post") (result i32) (i32.load (i32.const 0)))
  (func (export "outcome") (result i64) (i64.const 0x012)))
(assert_return (invoke "outcome") (either (i64.const 0x002) (i64.const 0x012)))
