;; title:    whom one notify has woken, the next does not count again, even before it runs
;; spec:     exec-memory.atomic.notify
;; features: threads
;; threads:  2
;; needs:    wait

;; In each of 50 rounds the waiter waits once. As soon as a notify returns 1, three more follow at once and find nobody.
;; 0: the cell; 64: the rounds that may begin; 128: the rounds it has left.
(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)

(thread $Waiter (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func (export "wait 50 times") (result i32)
      (local $n i32) (local $result i32)
      (loop $next
        (local.set $n (i32.add (local.get $n) (i32.const 1)))
        (loop $until_allowed (br_if $until_allowed (i32.lt_u (i32.atomic.load (i32.const 64)) (local.get $n))))
        (local.set $result (i32.or (local.get $result) (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const -1))))
        (i32.atomic.store (i32.const 128) (local.get $n))
        (br_if $next (i32.lt_u (local.get $n) (i32.const 50))))
      (local.get $result))
  )
  (assert_return (invoke "wait 50 times") (i32.const 0))
)

(module
  (memory (import "mem" "memory") 1 1 shared)
  ;; How many were counted again, and 1000 for each wait that no notify ended.
  (func (export "wake 50 times") (result i32)
    (local $n i32) (local $woken i32) (local $wrong i32)
    (loop $next
      (i32.atomic.store (i32.const 64) (local.tee $n (i32.add (local.get $n) (i32.const 1))))
      (loop $again
        (local.set $woken (memory.atomic.notify (i32.const 0) (i32.const -1)))
        (br_if $again (i32.and (i32.eqz (local.get $woken)) (i32.lt_u (i32.atomic.load (i32.const 128)) (local.get $n)))))
      (local.set $wrong (i32.add (local.get $wrong) (memory.atomic.notify (i32.const 0) (i32.const -1))))
      (local.set $wrong (i32.add (local.get $wrong) (memory.atomic.notify (i32.const 0) (i32.const 1))))
      (local.set $wrong (i32.add (local.get $wrong) (memory.atomic.notify (i32.const 0) (i32.const -1))))
      (if (i32.ne (local.get $woken) (i32.const 1)) (then (local.set $wrong (i32.add (local.get $wrong) (i32.const 1000)))))
      (loop $until_left (br_if $until_left (i32.lt_u (i32.atomic.load (i32.const 128)) (local.get $n))))
      (br_if $next (i32.lt_u (local.get $n) (i32.const 50))))
    (local.get $wrong))
)
(assert_return (invoke "wake 50 times") (i32.const 0))
(wait $Waiter)
