;; title:    a store to the cell wakes nobody who waits there, whatever it stores
;; spec:     exec-memory.atomic.waitn
;; features: threads
;; threads:  2
;; needs:    wait

;; 0: the waiter's cell; 64: the wait it is about to begin; 128: the wait it has left. Before each notify the cell is stored
;; to in all ways, is 1 for a while, and 0 again. (Should the waiter come late and find another value, it waits again.)
(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)

(thread $Waiter (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    ;; Whether a wait returned anything but 0, or 1 for another value
    (func (export "wait 20 times") (result i32) (local $n i32) (local $wrong i32) (local $result i32)
      (loop $next
        (i32.atomic.store (i32.const 64) (local.tee $n (i32.add (local.get $n) (i32.const 1))))
        (loop $asleep
          (local.set $result (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const -1)))
          (br_if $asleep (i32.eq (local.get $result) (i32.const 1))))
        (local.set $wrong (i32.add (local.get $wrong) (local.get $result)))
        (i32.atomic.store (i32.const 128) (local.get $n))
        (br_if $next (i32.lt_u (local.get $n) (i32.const 20))))
      (local.get $wrong)))
  (assert_return (invoke "wait 20 times") (i32.const 0)))

(module
  (memory (import "mem" "memory") 1 1 shared)
  ;; How many waits a notify ended: none that ended before, or by something else
  (func (export "wake 20 times") (result i32) (local $n i32) (local $k i32) (local $pause i32) (local $woken i32)
    (loop $next
      (local.set $n (i32.add (local.get $n) (i32.const 1)))
      (loop $until_begun (br_if $until_begun (i32.lt_u (i32.atomic.load (i32.const 64)) (local.get $n))))
      (local.set $k (i32.const 100))
      (loop $disturb
        (i32.store (i32.const 0) (i32.const 1))
        (local.set $pause (i32.const 20_000))
        (loop $pause (br_if $pause (local.tee $pause (i32.sub (local.get $pause) (i32.const 1)))))
        (i32.store8 (i32.const 0) (i32.const 0))
        (i32.atomic.store (i32.const 0) (i32.const -1))
        (drop (i32.atomic.rmw.xchg (i32.const 0) (i32.const 2)))
        (drop (i32.atomic.rmw.cmpxchg (i32.const 0) (i32.const 2) (i32.const 0)))
        (drop (i64.atomic.rmw.add (i32.const 0) (i64.const 0x100000000)))
        (memory.fill (i32.const 0) (i32.const 1) (i32.const 4))
        (memory.copy (i32.const 0) (i32.const 512) (i32.const 4))
        (br_if $disturb (local.tee $k (i32.sub (local.get $k) (i32.const 1)))))
      (loop $again
        (local.set $woken (i32.add (local.get $woken) (memory.atomic.notify (i32.const 0) (i32.const 1))))
        (br_if $again (i32.and (i32.ne (local.get $woken) (local.get $n))
          (i32.lt_u (i32.atomic.load (i32.const 128)) (local.get $n)))))
      (br_if $next (i32.lt_u (local.get $n) (i32.const 20))))
    (local.get $woken)))

(assert_return (invoke "wake 20 times") (i32.const 20))
(wait $Waiter)
