;; title:    three threads that meet at a barrier of wait and notify, a thousand times, all pass it each time
;; spec:     exec-memory.atomic.waitn
;; features: threads
;; threads:  3
;; needs:    wait
;; why:      wasi-libc #402, emscripten #12318, emscripten #12245, emscripten #26588, emscripten #26913

;; The barrier as libraries have it. 0: how many have come; 4: how often it has opened; 64, 128: the round, from 1, that $A
;; and $B are in, written and read plainly.
(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)

(thread $A (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func (export "run") (local $n i32)
      (loop $next
        (i32.store (i32.const 64) (local.tee $n (i32.add (local.get $n) (i32.const 1))))
        (if (i32.eq (i32.atomic.rmw.add (i32.const 0) (i32.const 1)) (i32.const 2))
          (then (i32.atomic.store (i32.const 0) (i32.const 0)) (i32.atomic.store (i32.const 4) (local.get $n))
            (drop (memory.atomic.notify (i32.const 4) (i32.const -1))))
          (else (loop $asleep (drop (memory.atomic.wait32 (i32.const 4) (i32.sub (local.get $n) (i32.const 1)) (i64.const -1)))
            (br_if $asleep (i32.ne (i32.atomic.load (i32.const 4)) (local.get $n))))))
        (br_if $next (i32.lt_u (local.get $n) (i32.const 1000))))))
  (invoke "run"))
(thread $B (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func (export "run") (local $n i32)
      (loop $next
        (i32.store (i32.const 128) (local.tee $n (i32.add (local.get $n) (i32.const 1))))
        (if (i32.eq (i32.atomic.rmw.add (i32.const 0) (i32.const 1)) (i32.const 2))
          (then (i32.atomic.store (i32.const 0) (i32.const 0)) (i32.atomic.store (i32.const 4) (local.get $n))
            (drop (memory.atomic.notify (i32.const 4) (i32.const -1))))
          (else (loop $asleep (drop (memory.atomic.wait32 (i32.const 4) (i32.sub (local.get $n) (i32.const 1)) (i64.const -1)))
            (br_if $asleep (i32.ne (i32.atomic.load (i32.const 4)) (local.get $n))))))
        (br_if $next (i32.lt_u (local.get $n) (i32.const 1000))))))
  (invoke "run"))

(module
  (memory (import "mem" "memory") 1 1 shared)
  ;; Whether behind the barrier $A or $B was ever neither in the round that it ended nor in the next
  (func (export "run") (result i32) (local $n i32) (local $wrong i32)
    (loop $next
      (local.set $n (i32.add (local.get $n) (i32.const 1)))
      (if (i32.eq (i32.atomic.rmw.add (i32.const 0) (i32.const 1)) (i32.const 2))
        (then (i32.atomic.store (i32.const 0) (i32.const 0)) (i32.atomic.store (i32.const 4) (local.get $n))
          (drop (memory.atomic.notify (i32.const 4) (i32.const -1))))
        (else (loop $asleep (drop (memory.atomic.wait32 (i32.const 4) (i32.sub (local.get $n) (i32.const 1)) (i64.const -1)))
          (br_if $asleep (i32.ne (i32.atomic.load (i32.const 4)) (local.get $n))))))
      (local.set $wrong (i32.or (local.get $wrong) (i32.or
        (i32.gt_u (i32.sub (i32.load (i32.const 64)) (local.get $n)) (i32.const 1))
        (i32.gt_u (i32.sub (i32.load (i32.const 128)) (local.get $n)) (i32.const 1)))))
      (br_if $next (i32.lt_u (local.get $n) (i32.const 1000))))
    (local.get $wrong)))

(assert_return (invoke "run") (i32.const 0))
(wait $A) (wait $B)
