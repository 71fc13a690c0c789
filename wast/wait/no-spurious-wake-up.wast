;; title:    a wait without a timeout ends by a notify at its address, and by nothing else that goes on
;; spec:     exec-memory.atomic.waitn
;; features: threads
;; threads:  3
;; needs:    wait timeout
;; why:      wasmer #6536, emscripten #26735

;; 0: the waiter's cell; 64: the wait it is about to begin; 128: the wait it has left. Before it wakes the waiter, the notifier
;; wakes the neighbours and waits itself, until its timeout, a hundred times; a third thread does so all the time.
(module $Mem (memory (export "memory") 1 2 shared))
(register "mem" $Mem)

(thread $Waiter (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 2 shared)
    ;; Whether a wait returned anything but 0
    (func (export "wait 20 times") (result i32) (local $n i32) (local $wrong i32)
      (loop $next
        (i32.atomic.store (i32.const 64) (local.tee $n (i32.add (local.get $n) (i32.const 1))))
        (local.set $wrong (i32.or (local.get $wrong) (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const -1))))
        (i32.atomic.store (i32.const 128) (local.get $n))
        (br_if $next (i32.lt_u (local.get $n) (i32.const 20))))
      (local.get $wrong)))
  (assert_return (invoke "wait 20 times") (i32.const 0)))
(thread $Busy (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 2 shared)
    ;; 2 when all its waits have timed out
    (func (export "work") (result i32) (local $all i32) (local.set $all (i32.const 2))
      (loop $next
        (drop (i32.atomic.rmw.add (i32.const 320) (i32.const 1))) (drop (memory.atomic.notify (i32.const 8) (i32.const -1)))
        (local.set $all (i32.and (local.get $all) (memory.atomic.wait64 (i32.const 4096) (i64.const 0) (i64.const 20_000))))
        (br_if $next (i32.lt_u (i32.atomic.load (i32.const 128)) (i32.const 20))))
      (local.get $all)))
  (assert_return (invoke "work") (i32.const 2)))

(module
  (memory (import "mem" "memory") 1 2 shared)
  ;; How many waits a notify ended: none that ended before, or by something else
  (func (export "wake 20 times") (result i32) (local $n i32) (local $k i32) (local $woken i32)
    (loop $next
      (local.set $n (i32.add (local.get $n) (i32.const 1))) (local.set $k (i32.const 100))
      (loop $until_begun (br_if $until_begun (i32.lt_u (i32.atomic.load (i32.const 64)) (local.get $n))))
      (loop $disturb
        (drop (memory.atomic.notify (i32.const 4) (i32.const -1))) (drop (memory.atomic.notify (i32.const 8192) (i32.const -1)))
        (drop (memory.atomic.notify (i32.const 0) (i32.const 0))) (drop (i32.atomic.rmw.or (i32.const 0) (i32.const 0)))
        (drop (memory.grow (i32.const 0))) (drop (memory.atomic.wait32 (i32.const 320) (i32.const -1) (i64.const -1)))
        (drop (memory.atomic.wait32 (i32.const 4) (i32.const 0) (i64.const 5_000)))
        (br_if $disturb (local.tee $k (i32.sub (local.get $k) (i32.const 1)))))
      (loop $again
        (local.set $woken (i32.add (local.get $woken) (memory.atomic.notify (i32.const 0) (i32.const 1))))
        (br_if $again (i32.and (i32.ne (local.get $woken) (local.get $n))
          (i32.lt_u (i32.atomic.load (i32.const 128)) (local.get $n)))))
      (br_if $next (i32.lt_u (local.get $n) (i32.const 20))))
    (local.get $woken)))

(assert_return (invoke "wake 20 times") (i32.const 20))
(wait $Waiter) (wait $Busy)
