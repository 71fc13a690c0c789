;; title:    a notify wakes the one who has waited longest
;; spec:     exec-memory.atomic.notify
;; features: threads
;; threads:  3
;; needs:    wait

;; Nobody can see another fall asleep, but the cell at 0 tells afterwards: it becomes 2, 3, 4 in turn (then 5, 6, 7 …); the
;; first waiter expects 2 and is asked before the store of 3, the second expects 3 and is asked before the store of 4. If
;; neither finds its value gone, both slept before the notify, the first one longer. Other rounds are void, and the next one
;; pauses twice as long. A waiter's mailbox: +0 the value to wait for, cleared as it sets out; +4 its result + 1.
(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)

(thread $First (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func (export "serve") (param $mailbox i32)
      (local $value i32)
      (loop $next
        (br_if $next (i32.eqz (local.tee $value (i32.atomic.load (local.get $mailbox)))))
        (if (i32.eq (local.get $value) (i32.const -1)) (then (return)))
        (i32.atomic.store (local.get $mailbox) (i32.const 0))
        (i32.atomic.store offset=4 (local.get $mailbox)
          (i32.add (i32.const 1) (memory.atomic.wait32 (i32.const 0) (local.get $value) (i64.const -1))))
        (br $next)))
  )
  (invoke "serve" (i32.const 256))
)
(thread $Second (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func (export "serve") (param $mailbox i32)
      (local $value i32)
      (loop $next
        (br_if $next (i32.eqz (local.tee $value (i32.atomic.load (local.get $mailbox)))))
        (if (i32.eq (local.get $value) (i32.const -1)) (then (return)))
        (i32.atomic.store (local.get $mailbox) (i32.const 0))
        (i32.atomic.store offset=4 (local.get $mailbox)
          (i32.add (i32.const 1) (memory.atomic.wait32 (i32.const 0) (local.get $value) (i64.const -1))))
        (br $next)))
  )
  (invoke "serve" (i32.const 512))
)

(module
  (memory (import "mem" "memory") 1 1 shared)
  (global $pause (mut i32) (i32.const 1000))
  (func $ask (param $mailbox i32) (param $value i32)
    (local $n i32)
    (i32.atomic.store (local.get $mailbox) (local.get $value))
    (loop $until_taken (br_if $until_taken (i32.atomic.load (local.get $mailbox))))
    (local.set $n (global.get $pause))
    (loop $pause (br_if $pause (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
  ;; 1: the first waiter was woken first; 2: it was not; 0: void.
  (func $round (param $value i32) (result i32)
    (local $n i32) (local $first i32) (local $second i32)
    (i32.atomic.store (i32.const 260) (i32.const 0))
    (i32.atomic.store (i32.const 516) (i32.const 0))
    (i32.atomic.store (i32.const 0) (local.get $value))
    (call $ask (i32.const 256) (local.get $value))
    (i32.atomic.store (i32.const 0) (i32.add (local.get $value) (i32.const 1)))
    (call $ask (i32.const 512) (i32.add (local.get $value) (i32.const 1)))
    (i32.atomic.store (i32.const 0) (i32.add (local.get $value) (i32.const 2)))
    (local.set $n (memory.atomic.notify (i32.const 0) (i32.const 1)))
    (loop $until_either
      (local.set $first (i32.atomic.load (i32.const 260)))
      (local.set $second (i32.atomic.load (i32.const 516)))
      (br_if $until_either (i32.eqz (i32.or (local.get $first) (local.get $second)))))
    (loop $until_both
      (drop (memory.atomic.notify (i32.const 0) (i32.const 1)))
      (br_if $until_both
        (i32.or (i32.eqz (i32.atomic.load (i32.const 260))) (i32.eqz (i32.atomic.load (i32.const 516))))))
    (if (i32.or (i32.ne (i32.atomic.load (i32.const 260)) (i32.const 1)) (i32.ne (i32.atomic.load (i32.const 516)) (i32.const 1)))
      (then (return (i32.const 0))))
    (select (i32.const 1) (i32.const 2)
      (i32.and (i32.eq (local.get $n) (i32.const 1)) (i32.and (local.get $first) (i32.eqz (local.get $second))))))
  ;; Of 8 rounds that count, those in the wrong order
  (func (export "rounds") (result i32)
    (local $value i32) (local $outcome i32) (local $counted i32) (local $wrong i32)
    (local.set $value (i32.const 2))
    (loop $next
      (local.set $outcome (call $round (local.get $value)))
      (local.set $value (i32.add (local.get $value) (i32.const 3)))
      (if (local.get $outcome)
        (then (local.set $counted (i32.add (local.get $counted) (i32.const 1))))
        (else (global.set $pause (i32.shl (global.get $pause) (i32.const 1)))))
      (local.set $wrong (i32.add (local.get $wrong) (i32.eq (local.get $outcome) (i32.const 2))))
      (br_if $next (i32.lt_u (local.get $counted) (i32.const 8))))
    (i32.atomic.store (i32.const 256) (i32.const -1))
    (i32.atomic.store (i32.const 512) (i32.const -1))
    (local.get $wrong))
)
(assert_return (invoke "rounds") (i32.const 0))
(wait $First)
(wait $Second)
