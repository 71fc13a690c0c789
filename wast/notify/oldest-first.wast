;; title:    a notify wakes the one who has waited longest
;; spec:     exec-memory.atomic.notify
;; features: threads
;; threads:  3
;; needs:    wait

;; Nobody can see another fall asleep, but the cell at 0 tells afterwards: it becomes 1, 2, 3 … before each notify, each waiter
;; expects what it finds there, and sleeps since it was that. So the values by which they slept never fall from one wake-up
;; to the next. 64: the value, plus 1, by which the one just woken had slept; 128: the end has come; 192: how many have left.
(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)

(thread $W1 (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func (export "serve") (local $value i32)
      (loop $next
        (br_if $next (memory.atomic.wait32 (i32.const 0) (local.tee $value (i32.atomic.load (i32.const 0))) (i64.const -1)))
        (i32.atomic.store (i32.const 64) (i32.add (local.get $value) (i32.const 1)))
        (br_if $next (i32.eqz (i32.atomic.load (i32.const 128)))))
      (drop (i32.atomic.rmw.add (i32.const 192) (i32.const 1)))))
  (invoke "serve"))
(thread $W2 (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func (export "serve") (local $value i32)
      (loop $next
        (br_if $next (memory.atomic.wait32 (i32.const 0) (local.tee $value (i32.atomic.load (i32.const 0))) (i64.const -1)))
        (i32.atomic.store (i32.const 64) (i32.add (local.get $value) (i32.const 1)))
        (br_if $next (i32.eqz (i32.atomic.load (i32.const 128)))))
      (drop (i32.atomic.rmw.add (i32.const 192) (i32.const 1)))))
  (invoke "serve"))

(module
  (memory (import "mem" "memory") 1 1 shared)
  ;; Whether one was woken who had slept for less long than the next, or without a notify. Goes on until 20 times a notify had
  ;; passed by the one whom the next woke, or for 300 notifies.
  (func (export "wrong") (result i32) (local $wrong i32) (local $pause i32)
    (local $now i32) (local $before i32) (local $n i32) (local $told i32) (local $last i32) (local $seen i32)
    (loop $next
      (local.set $pause (i32.const 400_000))
      (loop $pause (br_if $pause (local.tee $pause (i32.sub (local.get $pause) (i32.const 1)))))
      (local.set $wrong (i32.or (local.get $wrong) (i32.atomic.load (i32.const 64))))
      (i32.atomic.store (i32.const 0) (local.tee $now (i32.add (local.get $now) (i32.const 1))))
      (if (local.tee $n (memory.atomic.notify (i32.const 0) (i32.const 1)))
        (then
          (loop $until_told (br_if $until_told (i32.eqz (local.tee $told (i32.atomic.rmw.xchg (i32.const 64) (i32.const 0))))))
          (local.set $wrong (i32.or (i32.or (local.get $wrong) (i32.ne (local.get $n) (i32.const 1)))
            (i32.lt_u (local.get $told) (local.get $last))))
          (local.set $seen (i32.add (local.get $seen) (i32.le_u (local.get $told) (local.get $before))))
          (local.set $last (local.get $told)) (local.set $before (local.get $now))))
      (i32.atomic.store (i32.const 128) (i32.or (local.get $wrong)
        (i32.or (i32.ge_u (local.get $seen) (i32.const 20)) (i32.ge_u (local.get $now) (i32.const 300)))))
      (br_if $next (i32.lt_u (i32.atomic.load (i32.const 192)) (i32.const 2))))
    (local.get $wrong)))

(assert_return (invoke "wrong") (i32.const 0))
(wait $W1) (wait $W2)
