;; title:    a waiter that leaves the queue because its timeout has passed takes none of the others with it
;; spec:     exec-memory.atomic.notify
;; features: threads
;; threads:  3
;; needs:    wait timeout

;; The waiters sleep on 0 again and again until 64 is set; 128: how many have left; 192: how often they were woken, in
;; all. The main thread waits there too, and its timeouts pass: it is first, last or between them.
(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)

(thread $W1 (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func (export "serve") (result i32)
      (local $result i32)
      (loop $next
        (local.set $result (i32.or (local.get $result) (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const -1))))
        (drop (i32.atomic.rmw.add (i32.const 192) (i32.const 1)))
        (br_if $next (i32.eqz (i32.atomic.load (i32.const 64)))))
      (drop (i32.atomic.rmw.add (i32.const 128) (i32.const 1)))
      (local.get $result))
  )
  (assert_return (invoke "serve") (i32.const 0))
)
(thread $W2 (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func (export "serve") (result i32)
      (local $result i32)
      (loop $next
        (local.set $result (i32.or (local.get $result) (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const -1))))
        (drop (i32.atomic.rmw.add (i32.const 192) (i32.const 1)))
        (br_if $next (i32.eqz (i32.atomic.load (i32.const 64)))))
      (drop (i32.atomic.rmw.add (i32.const 128) (i32.const 1)))
      (local.get $result))
  )
  (assert_return (invoke "serve") (i32.const 0))
)

(module
  (memory (import "mem" "memory") 1 1 shared)
  (global $woken (mut i32) (i32.const 0))
  (func $notify (param $count i32) (result i32)
    (local $n i32)
    (local.set $n (memory.atomic.notify (i32.const 0) (local.get $count)))
    (global.set $woken (i32.add (global.get $woken) (local.get $n)))
    (local.get $n))
  ;; Until both have been woken at once $n times, after a wait here that timed out: how many of these waits did not.
  (func (export "wait and wake both") (param $n i32) (result i32)
    (local $wrong i32)
    (loop $next
      (local.set $wrong (i32.add (local.get $wrong)
        (i32.ne (i32.const 2) (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const 100_000)))))
      (br_if $next (i32.lt_u (call $notify (i32.const -1)) (i32.const 2)))
      (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $wrong))
  ;; Lets the waiters go: how many wake-ups were counted and not seen.
  (func (export "end") (result i32)
    (i32.atomic.store (i32.const 64) (i32.const 1))
    (loop $again
      (drop (call $notify (i32.const -1)))
      (br_if $again (i32.lt_u (i32.atomic.load (i32.const 128)) (i32.const 2))))
    (i32.sub (global.get $woken) (i32.atomic.load (i32.const 192))))
)
(assert_return (invoke "wait and wake both" (i32.const 30)) (i32.const 0))
(assert_return (invoke "end") (i32.const 0))
(wait $W1)
(wait $W2)
