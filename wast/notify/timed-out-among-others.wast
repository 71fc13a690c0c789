;; title:    a waiter that leaves the queue because its timeout has passed takes none of the others with it
;; spec:     exec-memory.atomic.notify
;; features: threads
;; threads:  3
;; needs:    wait timeout

;; The waiters sleep on 0 again and again, until they find it changed. 64: how many waits have begun, less those that the
;; notifies say they ended: at the end one for each waiter, its last, which does not sleep.
;; The main thread waits there too, and its timeouts pass: it is first, last or between them.
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
  (func $notify (result i32) (local $n i32)
    (drop (i32.atomic.rmw.sub (i32.const 64) (local.tee $n (memory.atomic.notify (i32.const 0) (i32.const -1)))))
    (local.get $n))
  ;; Until both have been woken at once $times over, after a wait here that timed out: how many of these waits did not.
  (func (export "wait and wake both") (param $times i32) (result i32) (local $wrong i32)
    (loop $next
      (local.set $wrong (i32.add (local.get $wrong)
        (i32.ne (i32.const 2) (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const 100_000)))))
      (local.set $times (i32.sub (local.get $times) (i32.ge_u (call $notify) (i32.const 2))))
      (br_if $next (select (local.get $times) (i32.const 0) (i32.le_u (i32.atomic.load (i32.const 64)) (i32.const 2)))))
    (local.get $wrong))
  ;; Changes the cell, and lets the waiters go.
  (func (export "end") (i32.atomic.store (i32.const 0) (i32.const 1)) (drop (call $notify)))
  (func (export "begun") (result i32) (i32.load (i32.const 64))))

(assert_return (invoke "wait and wake both" (i32.const 30)) (i32.const 0))
(invoke "end")
(wait $W1) (wait $W2)
(assert_return (invoke "begun") (i32.const 2))
