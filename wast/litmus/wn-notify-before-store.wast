;; title:    a store behind the notify, instead of before it, may leave a thread asleep for ever
;; spec:     relaxed-consistent
;; features: threads
;; threads:  3
;; needs:    wait litmus
;; litmus:   WN+notify-before-store
;; outcome:  0:r0? 1:r0
;; allowed:  0:r0=0 1:r0=1 | 0:r0=1 1:r0=0 | 1:r0=0 T0=blocked

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
    (func $thread (export "thread") (result i32)
      (memory.atomic.notify offset=0 (i32.const 0) (i32.const 1))
      (i32.atomic.store offset=0 (i32.const 0) (i32.const 1)))))

(wait $T0)
(wait $T1)
