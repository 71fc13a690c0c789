;; title:    a notify of two wakes the two that wait, one that waits, or none
;; spec:     relaxed-consistent
;; features: threads
;; threads:  4
;; needs:    wait litmus
;; litmus:   WN+2waiters-notify2
;; outcome:  0:r0? 1:r0? 2:r0
;; allowed:  0:r0=0 1:r0=0 2:r0=2 | 0:r0=0 2:r0=1 T1=blocked | 1:r0=0 2:r0=1 T0=blocked | 2:r0=0 T0=blocked T1=blocked

;; 0: x. Nothing is run: a script could not say how the threads end.
;; Written by tools/generate.
(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)

(thread $T0 (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (global $r0 (export "r0") (mut i32) (i32.const -1))
    (func $thread (export "thread")
      (global.set $r0 (memory.atomic.wait32 offset=0 (i32.const 0) (i32.const 0) (i64.const -1))))))

(thread $T1 (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (global $r0 (export "r0") (mut i32) (i32.const -1))
    (func $thread (export "thread")
      (global.set $r0 (memory.atomic.wait32 offset=0 (i32.const 0) (i32.const 0) (i64.const -1))))))

(thread $T2 (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func $thread (export "thread") (result i32)
      (memory.atomic.notify offset=0 (i32.const 0) (i32.const 2)))))

(wait $T0)
(wait $T1)
(wait $T2)
