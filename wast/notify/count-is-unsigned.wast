;; title:    the count of a notify is unsigned: 0x80000000 is many
;; spec:     exec-memory.atomic.notify
;; features: threads
;; threads:  3
;; needs:    wait
;; why:      wasmtime #5255

;; The waiters sleep on 0 again and again, until they find it changed. 64: how many waits have begun, less those that the
;; notifies say they ended: at the end one for each waiter, its last, which does not sleep.
(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)

(thread $W1 (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func (export "serve") (result i32) (local $result i32)
      (loop $again (drop (i32.atomic.rmw.add (i32.const 64) (i32.const 1)))
        (br_if $again (i32.eqz (local.tee $result (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const -1))))))
      (local.get $result)))
  (assert_return (invoke "serve") (i32.const 1)))
(thread $W2 (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func (export "serve") (result i32) (local $result i32)
      (loop $again (drop (i32.atomic.rmw.add (i32.const 64) (i32.const 1)))
        (br_if $again (i32.eqz (local.tee $result (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const -1))))))
      (local.get $result)))
  (assert_return (invoke "serve") (i32.const 1)))

(module
  (memory (import "mem" "memory") 1 1 shared)
  ;; Notifies $count until one has woken 2 or more, $times over, or a wait has ended uncounted: the most that one woke
  (func (export "wake") (param $count i32) (param $times i32) (result i32) (local $n i32) (local $most i32)
    (loop $next
      (drop (i32.atomic.rmw.sub (i32.const 64) (local.tee $n (memory.atomic.notify (i32.const 0) (local.get $count)))))
      (if (i32.gt_u (local.get $n) (local.get $most)) (then (local.set $most (local.get $n))))
      (local.set $times (i32.sub (local.get $times) (i32.ge_u (local.get $n) (i32.const 2))))
      (br_if $next (select (local.get $times) (i32.const 0) (i32.le_u (i32.atomic.load (i32.const 64)) (i32.const 2)))))
    (local.get $most))
  ;; Changes the cell, and lets the waiters go.
  (func (export "end")
    (i32.atomic.store (i32.const 0) (i32.const 1))
    (drop (i32.atomic.rmw.sub (i32.const 64) (memory.atomic.notify (i32.const 0) (i32.const -1)))))
  (func (export "begun") (result i32) (i32.load (i32.const 64))))

(assert_return (invoke "wake" (i32.const 0x80000000) (i32.const 5)) (i32.const 2))
(assert_return (invoke "wake" (i32.const 0x80000001) (i32.const 5)) (i32.const 2))
(assert_return (invoke "wake" (i32.const 0x7fffffff) (i32.const 5)) (i32.const 2))
(assert_return (invoke "wake" (i32.const 0xffffff00) (i32.const 5)) (i32.const 2))
(invoke "end")
(wait $W1) (wait $W2)
(assert_return (invoke "begun") (i32.const 2))
