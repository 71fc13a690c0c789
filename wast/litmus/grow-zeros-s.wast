;; title:    a store to a page that is just being grown may be hidden by its zeros: atomic accesses
;; spec:     relaxed-consistent
;; features: threads
;; threads:  3
;; needs:    litmus
;; litmus:   GROW+zeros+s
;; outcome:  0:r0 1:r0?
;; growfail: true
;; allowed:  0:r0=-1 T1=trap | 0:r0=1 1:r0=0 | 0:r0=1 1:r0=7 | 0:r0=1 T1=trap

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
    (func $thread (export "thread")
      (i32.atomic.store8 offset=65536 (i32.const 0) (i32.const 7))
      (global.set $r0 (i32.atomic.load8_u offset=65536 (i32.const 0))))))

(wait $T0)
(wait $T1)
