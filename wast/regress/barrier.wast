;; title:    four threads that meet at a barrier of wait and notify, a thousand times, all pass it each time
;; spec:     exec-memory.atomic.waitn
;; features: threads
;; threads:  4
;; needs:    wait
;; why:      wasi-libc #402, emscripten #12318, emscripten #12245, emscripten #26588, emscripten #26913

;; The barrier as libraries have it. 0: how many have come; 4: how often it has opened; 64, 128, 192, 256: the round
;; that each thread is in, written and read plainly.
(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)

(thread $A (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func $barrier
      (local $generation i32)
      (local.set $generation (i32.atomic.load (i32.const 4)))
      (if (i32.eq (i32.atomic.rmw.add (i32.const 0) (i32.const 1)) (i32.const 3))
        (then
          (i32.atomic.store (i32.const 0) (i32.const 0))
          (i32.atomic.store (i32.const 4) (i32.add (local.get $generation) (i32.const 1)))
          (drop (memory.atomic.notify (i32.const 4) (i32.const -1)))
          (return)))
      (loop $asleep
        (drop (memory.atomic.wait32 (i32.const 4) (local.get $generation) (i64.const -1)))
        (br_if $asleep (i32.eq (i32.atomic.load (i32.const 4)) (local.get $generation)))))
    ;; How often another thread's word was not of this round
    (func (export "run") (param $me i32) (result i32)
      (local $n i32) (local $at i32) (local $wrong i32)
      (loop $next
        (i32.store (local.get $me) (local.tee $n (i32.add (local.get $n) (i32.const 1))))
        (call $barrier)
        (local.set $at (i32.const 64))
        (loop $each
          (local.set $wrong (i32.add (local.get $wrong) (i32.ne (i32.load (local.get $at)) (local.get $n))))
          (br_if $each (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 64))) (i32.const 320))))
        (call $barrier)
        (br_if $next (i32.lt_u (local.get $n) (i32.const 500))))
      (local.get $wrong))
  )
  (assert_return (invoke "run" (i32.const 64)) (i32.const 0))
)
(thread $B (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func $barrier
      (local $generation i32)
      (local.set $generation (i32.atomic.load (i32.const 4)))
      (if (i32.eq (i32.atomic.rmw.add (i32.const 0) (i32.const 1)) (i32.const 3))
        (then
          (i32.atomic.store (i32.const 0) (i32.const 0))
          (i32.atomic.store (i32.const 4) (i32.add (local.get $generation) (i32.const 1)))
          (drop (memory.atomic.notify (i32.const 4) (i32.const -1)))
          (return)))
      (loop $asleep
        (drop (memory.atomic.wait32 (i32.const 4) (local.get $generation) (i64.const -1)))
        (br_if $asleep (i32.eq (i32.atomic.load (i32.const 4)) (local.get $generation)))))
    ;; How often another thread's word was not of this round
    (func (export "run") (param $me i32) (result i32)
      (local $n i32) (local $at i32) (local $wrong i32)
      (loop $next
        (i32.store (local.get $me) (local.tee $n (i32.add (local.get $n) (i32.const 1))))
        (call $barrier)
        (local.set $at (i32.const 64))
        (loop $each
          (local.set $wrong (i32.add (local.get $wrong) (i32.ne (i32.load (local.get $at)) (local.get $n))))
          (br_if $each (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 64))) (i32.const 320))))
        (call $barrier)
        (br_if $next (i32.lt_u (local.get $n) (i32.const 500))))
      (local.get $wrong))
  )
  (assert_return (invoke "run" (i32.const 128)) (i32.const 0))
)
(thread $C (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func $barrier
      (local $generation i32)
      (local.set $generation (i32.atomic.load (i32.const 4)))
      (if (i32.eq (i32.atomic.rmw.add (i32.const 0) (i32.const 1)) (i32.const 3))
        (then
          (i32.atomic.store (i32.const 0) (i32.const 0))
          (i32.atomic.store (i32.const 4) (i32.add (local.get $generation) (i32.const 1)))
          (drop (memory.atomic.notify (i32.const 4) (i32.const -1)))
          (return)))
      (loop $asleep
        (drop (memory.atomic.wait32 (i32.const 4) (local.get $generation) (i64.const -1)))
        (br_if $asleep (i32.eq (i32.atomic.load (i32.const 4)) (local.get $generation)))))
    ;; How often another thread's word was not of this round
    (func (export "run") (param $me i32) (result i32)
      (local $n i32) (local $at i32) (local $wrong i32)
      (loop $next
        (i32.store (local.get $me) (local.tee $n (i32.add (local.get $n) (i32.const 1))))
        (call $barrier)
        (local.set $at (i32.const 64))
        (loop $each
          (local.set $wrong (i32.add (local.get $wrong) (i32.ne (i32.load (local.get $at)) (local.get $n))))
          (br_if $each (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 64))) (i32.const 320))))
        (call $barrier)
        (br_if $next (i32.lt_u (local.get $n) (i32.const 500))))
      (local.get $wrong))
  )
  (assert_return (invoke "run" (i32.const 192)) (i32.const 0))
)

(module
  (memory (import "mem" "memory") 1 1 shared)
  (func $barrier
    (local $generation i32)
    (local.set $generation (i32.atomic.load (i32.const 4)))
    (if (i32.eq (i32.atomic.rmw.add (i32.const 0) (i32.const 1)) (i32.const 3))
      (then
        (i32.atomic.store (i32.const 0) (i32.const 0))
        (i32.atomic.store (i32.const 4) (i32.add (local.get $generation) (i32.const 1)))
        (drop (memory.atomic.notify (i32.const 4) (i32.const -1)))
        (return)))
    (loop $asleep
      (drop (memory.atomic.wait32 (i32.const 4) (local.get $generation) (i64.const -1)))
      (br_if $asleep (i32.eq (i32.atomic.load (i32.const 4)) (local.get $generation)))))
  ;; How often another thread's word was not of this round
  (func (export "run") (param $me i32) (result i32)
    (local $n i32) (local $at i32) (local $wrong i32)
    (loop $next
      (i32.store (local.get $me) (local.tee $n (i32.add (local.get $n) (i32.const 1))))
      (call $barrier)
      (local.set $at (i32.const 64))
      (loop $each
        (local.set $wrong (i32.add (local.get $wrong) (i32.ne (i32.load (local.get $at)) (local.get $n))))
        (br_if $each (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 64))) (i32.const 320))))
      (call $barrier)
      (br_if $next (i32.lt_u (local.get $n) (i32.const 500))))
    (local.get $wrong))
)
(assert_return (invoke "run" (i32.const 256)) (i32.const 0))
(wait $A)
(wait $B)
(wait $C)
