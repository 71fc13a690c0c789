;; title:    a notify with count 0 wakes nobody and returns 0
;; spec:     exec-memory.atomic.notify
;; features: threads
;; threads:  2
;; needs:    wait

;; The waiter sleeps 50 times. Before each notify that is to wake it there is one that must not: whichever comes first after
;; it has fallen asleep, a notify with count 0 that wakes it shows in half of the cases at least.
;; 0: the cell; 64: how many of its waits the waiter has left.
(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)

(thread $Waiter (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func (export "wait 50 times") (result i32)
      (local $result i32) (local $n i32)
      (loop $next
        (local.set $result (i32.or (local.get $result) (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const -1))))
        (i32.atomic.store (i32.const 64) (local.tee $n (i32.add (local.get $n) (i32.const 1))))
        (br_if $next (i32.lt_u (local.get $n) (i32.const 50))))
      (local.get $result))
  )
  (assert_return (invoke "wait 50 times") (i32.const 0))
)

(module
  (memory (import "mem" "memory") 1 1 shared)
  ;; How many the notifies with count 0 said they woke, and 1000 for each wait that no notify with count 1 ended.
  (func (export "wake 50 times") (result i32)
    (local $n i32) (local $woken i32) (local $wrong i32)
    (loop $next
      (local.set $n (i32.add (local.get $n) (i32.const 1)))
      (loop $again
        (local.set $wrong (i32.add (local.get $wrong) (memory.atomic.notify (i32.const 0) (i32.const 0))))
        (local.set $woken (memory.atomic.notify (i32.const 0) (i32.const 1)))
        (br_if $again
          (i32.and (i32.eqz (local.get $woken)) (i32.lt_u (i32.atomic.load (i32.const 64)) (local.get $n)))))
      (if (i32.eqz (local.get $woken)) (then (local.set $wrong (i32.add (local.get $wrong) (i32.const 1000)))))
      (br_if $next (i32.lt_u (local.get $n) (i32.const 50))))
    (local.get $wrong))
)
(assert_return (invoke "wake 50 times") (i32.const 0))
(wait $Waiter)
