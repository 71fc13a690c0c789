;; title:    both halves of a timeout count
;; spec:     exec-memory.atomic.waitn
;; features: threads
;; threads:  2
;; needs:    wait timeout
;; why:      binaryen #4385, binaryen #4387

;; Timeouts of hours and more: half of the 32-bit halves are 0, or would be negative by themselves. Cut to 32 bits the
;; waits would end at once. 0: the cell; 64: how many of its waits the waiter has left.
(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)

(thread $Waiter (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func (export "wait") (param $timeout i64) (result i32)
      (memory.atomic.wait32 (i32.const 0) (i32.const 0) (local.get $timeout))
      (drop (i32.atomic.rmw.add (i32.const 64) (i32.const 1))))
  )
  (assert_return (invoke "wait" (i64.const 0x0000_1000_0000_0000)) (i32.const 0))
  (assert_return (invoke "wait" (i64.const 0x0100_0000_0000_0000)) (i32.const 0))
  (assert_return (invoke "wait" (i64.const 0x0000_2000_8000_0000)) (i32.const 0))
  (assert_return (invoke "wait" (i64.const 0x0000_4000_ffff_ffff)) (i32.const 0))
  (assert_return (invoke "wait" (i64.const 0x0000_1000_0000_0001)) (i32.const 0))
  (assert_return (invoke "wait" (i64.const 0x7fff_ffff_0000_0000)) (i32.const 0))
)

(module
  (memory (import "mem" "memory") 1 1 shared)
  ;; Notifies until that ends the waiter's $nth wait: 1. Should the wait end otherwise: 0.
  (func (export "wake") (param $nth i32) (result i32)
    (local $woken i32)
    (loop $again
      (local.set $woken (memory.atomic.notify (i32.const 0) (i32.const 1)))
      (br_if $again (i32.and (i32.eqz (local.get $woken)) (i32.lt_u (i32.atomic.load (i32.const 64)) (local.get $nth)))))
    (local.get $woken))
)
(assert_return (invoke "wake" (i32.const 1)) (i32.const 1))
(assert_return (invoke "wake" (i32.const 2)) (i32.const 1))
(assert_return (invoke "wake" (i32.const 3)) (i32.const 1))
(assert_return (invoke "wake" (i32.const 4)) (i32.const 1))
(assert_return (invoke "wake" (i32.const 5)) (i32.const 1))
(assert_return (invoke "wake" (i32.const 6)) (i32.const 1))
(wait $Waiter)
