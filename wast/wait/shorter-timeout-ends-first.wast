;; title:    of two waits the one whose timeout is a thousand times shorter ends first
;; spec:     exec-memory.atomic.waitn
;; features: threads
;; threads:  2
;; needs:    wait timeout
;; why:      WAMR #1038, WAMR #1041

;; The long wait has begun when the short one begins, for 50 ms; it must still sleep afterwards, so that a notify ends it.
;; 0: the long waiter's cell; 64: the short one's; 128: the long waiter is about to wait; 192: it has left.
(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)

(thread $Long (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func (export "wait") (result i32)
      (i32.atomic.store (i32.const 128) (i32.const 1))
      (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const 50_000_000_000))
      (i32.atomic.store (i32.const 192) (i32.const 1)))
  )
  (assert_return (invoke "wait") (i32.const 0))
)

(module
  (memory (import "mem" "memory") 1 1 shared)
  (func (export "wait") (result i32)
    (loop $until_begun (br_if $until_begun (i32.eqz (i32.atomic.load (i32.const 128)))))
    (memory.atomic.wait32 (i32.const 64) (i32.const 0) (i64.const 50_000_000)))
  (func (export "wake") (result i32)
    (local $woken i32)
    (loop $again
      (local.set $woken (memory.atomic.notify (i32.const 0) (i32.const 1)))
      (br_if $again (i32.eqz (i32.or (local.get $woken) (i32.atomic.load (i32.const 192))))))
    (local.get $woken))
)
(assert_return (invoke "wait") (i32.const 2))
(assert_return (invoke "wake") (i32.const 1))
(wait $Long)
