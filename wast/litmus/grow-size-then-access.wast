;; title:    an access does not trap where memory.size gave room for it
;; spec:     relaxed-consistent
;; features: threads
;; threads:  3
;; needs:    litmus
;; litmus:   GROW+size-then-access
;; outcome:  0:r0 1:r0? 1:r1?
;; growfail: true
;; allowed:  0:r0=-1 1:r0=1 T1=trap | 0:r0=1 1:r0=1 1:r1=0 | 0:r0=1 1:r0=1 T1=trap | 0:r0=1 1:r0=2 1:r1=0

;; Nothing is run: a script could not say how the threads end.
;; Written by tools/generate.
(module $Mem (memory (export "memory") 1 4 shared))
(register "mem" $Mem)

(thread $T0 (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 4 shared)
    (func $thread (export "thread") (result i32)
      (memory.grow (i32.const 1)))))

(thread $T1 (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 4 shared)
    (global $r0 (export "r0") (mut i32) (i32.const -1))
    (global $r1 (export "r1") (mut i32) (i32.const -1))
    (func $thread (export "thread")
      (global.set $r0 (memory.size))
      (global.set $r1 (i32.load8_u offset=65536 (i32.const 0))))))

(wait $T0)
(wait $T1)
