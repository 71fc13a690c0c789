;; title:    a notify wakes nobody who waits at the same address of another memory
;; spec:     exec-memory.atomic.notify
;; features: threads
;; threads:  2
;; needs:    wait

;; The waiter sleeps 20 times at 0 of $Mem; 64: how many of these it has left.
(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)

(thread $Waiter (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func (export "wait 20 times") (result i32)
      (local $result i32) (local $n i32)
      (loop $next
        (local.set $result (i32.or (local.get $result) (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const -1))))
        (i32.atomic.store (i32.const 64) (local.tee $n (i32.add (local.get $n) (i32.const 1))))
        (br_if $next (i32.lt_u (local.get $n) (i32.const 20))))
      (local.get $result))
  )
  (assert_return (invoke "wait 20 times") (i32.const 0))
)

(module $Other
  (memory 1 1 shared)
  (func (export "notify") (result i32) (memory.atomic.notify (i32.const 0) (i32.const -1)))
)
(register "other" $Other)
(module
  (memory (import "mem" "memory") 1 1 shared)
  (func $other (import "other" "notify") (result i32))
  (func (export "wake 20 times") (result i32)
    (local $n i32) (local $woken i32) (local $wrong i32)
    (loop $next
      (local.set $n (i32.add (local.get $n) (i32.const 1)))
      (loop $again
        (local.set $wrong (i32.add (local.get $wrong) (call $other)))
        (local.set $woken (memory.atomic.notify (i32.const 0) (i32.const -1)))
        (br_if $again
          (i32.and (i32.eqz (local.get $woken)) (i32.lt_u (i32.atomic.load (i32.const 64)) (local.get $n)))))
      (if (i32.eqz (local.get $woken)) (then (local.set $wrong (i32.add (local.get $wrong) (i32.const 1000)))))
      (br_if $next (i32.lt_u (local.get $n) (i32.const 20))))
    (local.get $wrong))
)
(assert_return (invoke "wake 20 times") (i32.const 0))
(wait $Waiter)
