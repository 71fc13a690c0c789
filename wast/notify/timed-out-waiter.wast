;; title:    a waiter whose timeout has passed, or whose thread has ended, is in no queue any more
;; spec:     exec-memory.atomic.notify
;; features: threads
;; threads:  2
;; needs:    wait timeout
;; why:      emscripten #27492, emscripten #27501

(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)
(module $Main
  (memory (import "mem" "memory") 1 1 shared)
  (func (export "wait") (param i64) (result i32) (memory.atomic.wait32 (i32.const 0) (i32.const 0) (local.get 0)))
  (func (export "notify") (result i32) (memory.atomic.notify (i32.const 0) (i32.const -1)))
  ;; As soon as the waiter is about to wait for ever, notifies until that wakes it: 1. Should the wait end otherwise: 0.
  (func (export "wake") (result i32)
    (local $woken i32)
    (loop $until_begun (br_if $until_begun (i32.eqz (i32.atomic.load (i32.const 128)))))
    (loop $again
      (local.set $woken (memory.atomic.notify (i32.const 0) (i32.const 1)))
      (br_if $again (i32.eqz (i32.or (local.get $woken) (i32.atomic.load (i32.const 64))))))
    (local.get $woken))
)
(assert_return (invoke "wait" (i64.const 1_000_000)) (i32.const 2))
(assert_return (invoke "notify") (i32.const 0))
(assert_return (invoke "wait" (i64.const 1)) (i32.const 2))
(assert_return (invoke "wait" (i64.const 1)) (i32.const 2))
(assert_return (invoke "notify") (i32.const 0))

;; A notify with count 1 goes to the one who sleeps, though the queue has had others.
(thread $Waiter (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func (export "time out") (result i32) (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const 1000)))
    (func (export "wait") (result i32)
      (i32.atomic.store (i32.const 128) (i32.const 1))
      (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const -1))
      (i32.atomic.store (i32.const 64) (i32.const 1)))
  )
  (assert_return (invoke "time out") (i32.const 2))
  (assert_return (invoke "wait") (i32.const 0))
  (assert_return (invoke "time out") (i32.const 2))
)
(assert_return (invoke $Main "wake") (i32.const 1))
(wait $Waiter)
(assert_return (invoke $Main "notify") (i32.const 0))
