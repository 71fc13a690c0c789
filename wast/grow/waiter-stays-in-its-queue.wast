;; title:    who waits while the memory grows can still be woken, and counts once
;; spec:     exec-memory.grow
;; features: threads
;; threads:  2
;; needs:    wait

;; 0: the cell; 64: how many of its waits the waiter has left.
(module $Mem (memory (export "memory") 1 64 shared))
(register "mem" $Mem)

(thread $Waiter (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 64 shared)
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

(module
  (memory (import "mem" "memory") 1 64 shared)
  ;; Grows before each notify: how often none, or more than one, was woken in all.
  (func (export "wake 20 times") (result i32)
    (local $n i32) (local $woken i32) (local $wrong i32)
    (loop $next
      (local.set $n (i32.add (local.get $n) (i32.const 1)))
      (drop (memory.grow (i32.const 1)))
      (loop $again
        (drop (memory.grow (i32.const 0)))
        (local.set $woken (memory.atomic.notify (i32.const 0) (i32.const -1)))
        (br_if $again
          (i32.and (i32.eqz (local.get $woken)) (i32.lt_u (i32.atomic.load (i32.const 64)) (local.get $n)))))
      (local.set $wrong (i32.add (local.get $wrong) (i32.ne (local.get $woken) (i32.const 1))))
      (br_if $next (i32.lt_u (local.get $n) (i32.const 20))))
    (local.get $wrong))
)
(assert_return (invoke "wake 20 times") (i32.const 0))
(wait $Waiter)
