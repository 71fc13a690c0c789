;; title:    the same address of two memories of one instance is two queues
;; spec:     exec-memory.atomic.notify
;; features: threads multi-memory
;; threads:  2
;; needs:    wait

;; The waiter sleeps 20 times at 16 of memory 1. Before each notify that is to wake it those at 16 of memories 0 and 2 must
;; not. 64 of memory 1: how many of its waits the waiter has left.
(module $Mem
  (memory (export "a") 1 1 shared)
  (memory (export "b") 1 1 shared)
)
(register "mem" $Mem)

(thread $Waiter (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "a") 1 1 shared)
    (memory (import "mem" "b") 1 1 shared)
    (func (export "wait 20 times") (result i32)
      (local $result i32) (local $n i32)
      (loop $next
        (local.set $result (i32.or (local.get $result) (memory.atomic.wait32 1 (i32.const 16) (i32.const 0) (i64.const -1))))
        (i32.atomic.store 1 (i32.const 64) (local.tee $n (i32.add (local.get $n) (i32.const 1))))
        (br_if $next (i32.lt_u (local.get $n) (i32.const 20))))
      (local.get $result))
  )
  (assert_return (invoke "wait 20 times") (i32.const 0))
)

(module
  (memory (import "mem" "a") 1 1 shared)
  (memory (import "mem" "b") 1 1 shared)
  (memory 1)
  (func (export "wake 20 times") (result i32)
    (local $n i32) (local $woken i32) (local $wrong i32)
    (loop $next
      (local.set $n (i32.add (local.get $n) (i32.const 1)))
      (loop $again
        (local.set $wrong (i32.add (local.get $wrong) (memory.atomic.notify 0 (i32.const 16) (i32.const -1))))
        (local.set $wrong (i32.add (local.get $wrong) (memory.atomic.notify 2 (i32.const 16) (i32.const -1))))
        (local.set $woken (memory.atomic.notify 1 (i32.const 16) (i32.const -1)))
        (br_if $again
          (i32.and (i32.eqz (local.get $woken)) (i32.lt_u (i32.atomic.load 1 (i32.const 64)) (local.get $n)))))
      (if (i32.eqz (local.get $woken)) (then (local.set $wrong (i32.add (local.get $wrong) (i32.const 1000)))))
      (br_if $next (i32.lt_u (local.get $n) (i32.const 20))))
    (local.get $wrong))
)
(assert_return (invoke "wake 20 times") (i32.const 0))
(wait $Waiter)
