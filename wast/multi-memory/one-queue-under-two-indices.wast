;; title:    a memory has one queue for each address, under whatever index an instance knows it
;; spec:     exec-memory.atomic.notify
;; features: threads multi-memory
;; threads:  2
;; needs:    wait

;; The waiter knows the memory as its memory 2, the notifier as memories 0 and 1 at once. 64: how many of its waits the
;; waiter has left.
(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)

(thread $Waiter (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (memory (export "own") 1)
    (func (export "leave") (drop (i32.atomic.rmw.add (i32.const 64) (i32.const 1))))
  )
  (register "first")
  (module
    (memory (import "first" "own") 1)
    (memory (import "first" "own") 1)
    (memory $mine (import "mem" "memory") 1 1 shared)
    (func $leave (import "first" "leave"))
    (func (export "wait") (result i32)
      (memory.atomic.wait32 $mine offset=16 (i32.const 0) (i32.const 0) (i64.const -1))
      (call $leave))
  )
  (assert_return (invoke "wait") (i32.const 0))
  (assert_return (invoke "wait") (i32.const 0))
)

(module
  (memory $a (import "mem" "memory") 1 1 shared)
  (memory $b (import "mem" "memory") 1 1 shared)
  ;; Notifies through $a or $b until that ends the waiter's $nth wait: 1.
  (func (export "wake") (param $nth i32) (result i32)
    (local $woken i32)
    (loop $again
      (local.set $woken
        (if (result i32) (i32.eq (local.get $nth) (i32.const 1))
          (then (memory.atomic.notify $a (i32.const 16) (i32.const -1)))
          (else (memory.atomic.notify $b (i32.const 16) (i32.const -1)))))
      (br_if $again
        (i32.and (i32.eqz (local.get $woken)) (i32.lt_u (i32.atomic.load $b (i32.const 64)) (local.get $nth)))))
    (local.get $woken))
  ;; What is written through the one is read through the other.
  (func (export "alias") (result i32)
    (i32.store $a (i32.const 128) (i32.const 7))
    (i32.atomic.rmw.add $b (i32.const 128) (i32.const 1)))
)
(assert_return (invoke "wake" (i32.const 1)) (i32.const 1))
(assert_return (invoke "wake" (i32.const 2)) (i32.const 1))
(assert_return (invoke "alias") (i32.const 7))
(wait $Waiter)
