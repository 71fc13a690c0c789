;; title:    a notify of one goes to the waiter who sleeps, not to those before it whose timeouts have passed
;; spec:     exec-memory.atomic.notify
;; features: threads
;; threads:  2
;; needs:    wait timeout
;; why:      emscripten #27492, emscripten #27501

;; Both threads' timeouts pass at 0, then the other one waits there for ever. 128: it is about to; 64: it has left.
(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)
(module $Main
  (memory (import "mem" "memory") 1 1 shared)
  (func (export "time out") (result i32) (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const 1000)))
  ;; As soon as the waiter is about to wait for ever, notifies until that wakes it: 1. Should the wait end otherwise: 0.
  (func (export "wake") (result i32)
    (local $woken i32)
    (loop $until_begun (br_if $until_begun (i32.eqz (i32.atomic.load (i32.const 128)))))
    (loop $again
      (local.set $woken (memory.atomic.notify (i32.const 0) (i32.const 1)))
      (br_if $again (i32.eqz (i32.or (local.get $woken) (i32.atomic.load (i32.const 64))))))
    (local.get $woken))
)
(assert_return (invoke $Main "time out") (i32.const 2))

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
)
(assert_return (invoke $Main "wake") (i32.const 1))
(wait $Waiter)
