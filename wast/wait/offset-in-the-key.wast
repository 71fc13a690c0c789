;; title:    the queue of a wait or notify is that of base + offset
;; spec:     exec-memory.atomic.waitn
;; features: threads
;; threads:  2
;; needs:    wait
;; why:      w2c2 #150

;; The waiter names its cell at 64 in different ways, the notifier in others. A notify at 0, which is the waiter's base, or
;; at 128, must wake nobody. 256: how many of its waits the waiter has left.
(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)

(thread $Waiter (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func $leave (drop (i32.atomic.rmw.add (i32.const 256) (i32.const 1))))
    (func (export "0 + 64") (result i32)
      (memory.atomic.wait32 offset=64 (i32.const 0) (i32.const 0) (i64.const -1)) (call $leave))
    (func (export "64 + 0") (result i32)
      (memory.atomic.wait32 (i32.const 64) (i32.const 0) (i64.const -1)) (call $leave))
    (func (export "62 + 2") (result i32)
      (memory.atomic.wait64 offset=2 (i32.const 62) (i64.const 0) (i64.const -1)) (call $leave))
  )
  (assert_return (invoke "0 + 64") (i32.const 0))
  (assert_return (invoke "0 + 64") (i32.const 0))
  (assert_return (invoke "64 + 0") (i32.const 0))
  (assert_return (invoke "64 + 0") (i32.const 0))
  (assert_return (invoke "62 + 2") (i32.const 0))
)

(module
  (memory (import "mem" "memory") 1 1 shared)
  ;; Notifies at $base + 0, or 32, or 64, until that ends the waiter's $nth wait: 1. Every other outcome: not 1.
  (func (export "wake") (param $base i32) (param $offset i32) (param $nth i32) (result i32)
    (local $woken i32) (local $astray i32)
    (loop $again
      (local.set $astray (i32.add (local.get $astray)
        (i32.add (memory.atomic.notify (i32.const 0) (i32.const -1))
          (memory.atomic.notify offset=64 (i32.const 64) (i32.const -1)))))
      (block $done
        (if (i32.eqz (local.get $offset))
          (then (local.set $woken (memory.atomic.notify (local.get $base) (i32.const 1))) (br $done)))
        (if (i32.eq (local.get $offset) (i32.const 32))
          (then (local.set $woken (memory.atomic.notify offset=32 (local.get $base) (i32.const 1))) (br $done)))
        (local.set $woken (memory.atomic.notify offset=64 (local.get $base) (i32.const 1))))
      (br_if $again
        (i32.and (i32.eqz (local.get $woken)) (i32.lt_u (i32.atomic.load (i32.const 256)) (local.get $nth)))))
    (i32.add (local.get $woken) (i32.mul (local.get $astray) (i32.const 100))))
)
(assert_return (invoke "wake" (i32.const 64) (i32.const 0) (i32.const 1)) (i32.const 1))
(assert_return (invoke "wake" (i32.const 32) (i32.const 32) (i32.const 2)) (i32.const 1))
(assert_return (invoke "wake" (i32.const 0) (i32.const 64) (i32.const 3)) (i32.const 1))
(assert_return (invoke "wake" (i32.const 32) (i32.const 32) (i32.const 4)) (i32.const 1))
(assert_return (invoke "wake" (i32.const 0) (i32.const 64) (i32.const 5)) (i32.const 1))
(wait $Waiter)
