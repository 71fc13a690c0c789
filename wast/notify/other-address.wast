;; title:    a notify wakes nobody who waits at another address, however near
;; spec:     exec-memory.atomic.notify
;; features: threads
;; threads:  2
;; needs:    wait

;; A waiter sleeps at 32768, four times on 32 bits and four times on 64. Before each notify there, every other multiple of 4
;; in the page is notified, 32772 included, the second half of the 64-bit cell. 64: how many of its waits it has left.
(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)

(thread $Waiter (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func (export "wait 8 times") (result i32)
      (local $n i32) (local $result i32)
      (loop $next
        (local.set $result (i32.or (local.get $result)
          (if (result i32) (i32.lt_u (local.get $n) (i32.const 4))
            (then (memory.atomic.wait32 (i32.const 32768) (i32.const 0) (i64.const -1)))
            (else (memory.atomic.wait64 (i32.const 32768) (i64.const 0) (i64.const -1))))))
        (i32.atomic.store (i32.const 64) (local.tee $n (i32.add (local.get $n) (i32.const 1))))
        (br_if $next (i32.lt_u (local.get $n) (i32.const 8))))
      (local.get $result))
  )
  (assert_return (invoke "wait 8 times") (i32.const 0))
)

(module
  (memory (import "mem" "memory") 1 1 shared)
  ;; The sum of what all notifies in the page but the one at 32768 return.
  (func $elsewhere (result i32)
    (local $at i32) (local $sum i32)
    (loop $next
      (if (i32.ne (local.get $at) (i32.const 32768))
        (then (local.set $sum (i32.add (local.get $sum) (memory.atomic.notify (local.get $at) (i32.const -1))))))
      (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 4))) (i32.const 65536))))
    (local.get $sum))
  ;; How many were woken astray, and 1000 for each wait that ended without a notify.
  (func (export "wake 8 times") (result i32)
    (local $n i32) (local $woken i32) (local $wrong i32)
    (loop $next
      (local.set $n (i32.add (local.get $n) (i32.const 1)))
      (loop $again
        (local.set $wrong (i32.add (local.get $wrong) (call $elsewhere)))
        (local.set $woken (memory.atomic.notify (i32.const 32768) (i32.const -1)))
        (br_if $again
          (i32.and (i32.eqz (local.get $woken)) (i32.lt_u (i32.atomic.load (i32.const 64)) (local.get $n)))))
      (if (i32.eqz (local.get $woken)) (then (local.set $wrong (i32.add (local.get $wrong) (i32.const 1000)))))
      (br_if $next (i32.lt_u (local.get $n) (i32.const 8))))
    (local.get $wrong))
)
(assert_return (invoke "wake 8 times") (i32.const 0))
(wait $Waiter)
