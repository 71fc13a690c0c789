;; title:    waiters 2^32 bytes apart are in different queues
;; spec:     exec-memory.atomic.waitn
;; features: threads memory64
;; threads:  2
;; needs:    wait

;; The waiter sleeps 20 times at 2^32 + 64, which it names in two ways. Before each notify that is to wake it one at 64 must
;; not. 128: how many of its waits the waiter has left.
(module $Mem (memory (export "memory") i64 65537 65537 shared))
(register "mem" $Mem)

(thread $Waiter (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") i64 65537 65537 shared)
    (func (export "wait 20 times") (result i32)
      (local $result i32) (local $n i32)
      (loop $next
        (local.set $result (i32.or (local.get $result)
          (if (result i32) (i32.and (local.get $n) (i32.const 1))
            (then (memory.atomic.wait32 offset=0x100000000 (i64.const 64) (i32.const 0) (i64.const -1)))
            (else (memory.atomic.wait64 (i64.const 0x100000040) (i64.const 0) (i64.const -1))))))
        (i32.atomic.store (i64.const 128) (local.tee $n (i32.add (local.get $n) (i32.const 1))))
        (br_if $next (i32.lt_u (local.get $n) (i32.const 20))))
      (local.get $result))
  )
  (assert_return (invoke "wait 20 times") (i32.const 0))
)

(module
  (memory (import "mem" "memory") i64 65537 65537 shared)
  ;; How many the notifies at 64 said they woke, and 1000 for each wait that no notify at 2^32 + 64 ended.
  (func (export "wake 20 times") (result i32)
    (local $n i32) (local $woken i32) (local $wrong i32)
    (loop $next
      (local.set $n (i32.add (local.get $n) (i32.const 1)))
      (loop $again
        (local.set $wrong (i32.add (local.get $wrong) (memory.atomic.notify (i64.const 64) (i32.const -1))))
        (local.set $woken (memory.atomic.notify offset=0x10000003c (i64.const 4) (i32.const -1)))
        (br_if $again
          (i32.and (i32.eqz (local.get $woken)) (i32.lt_u (i32.atomic.load (i64.const 128)) (local.get $n)))))
      (if (i32.eqz (local.get $woken)) (then (local.set $wrong (i32.add (local.get $wrong) (i32.const 1000)))))
      (br_if $next (i32.lt_u (local.get $n) (i32.const 20))))
    (local.get $wrong))
)
(assert_return (invoke "wake 20 times") (i32.const 0))
(wait $Waiter)
