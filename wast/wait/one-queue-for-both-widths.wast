;; title:    wait32 and wait64 at one address wait in one queue
;; spec:     exec-memory.atomic.notify
;; features: threads
;; threads:  3
;; needs:    wait

;; Both sleep on 0 again and again until 64 is set; 128: how many have left; 192: how often they were woken, in all.
(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)

(thread $Narrow (shared (module $Mem))
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
(thread $Wide (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func (export "serve") (result i32)
      (local $result i32)
      (loop $next
        (local.set $result (i32.or (local.get $result) (memory.atomic.wait64 (i32.const 0) (i64.const 0) (i64.const -1))))
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
  (func $notify (result i32)
    (local $n i32)
    (local.set $n (memory.atomic.notify (i32.const 0) (i32.const -1)))
    (global.set $woken (i32.add (global.get $woken) (local.get $n)))
    (local.get $n))
  ;; Until one notify has woken both
  (func (export "wake both") (loop $again (br_if $again (i32.lt_u (call $notify) (i32.const 2)))))
  ;; How many wake-ups the notifies counted and the waiters did not see
  (func (export "end") (result i32)
    (i32.atomic.store (i32.const 64) (i32.const 1))
    (loop $again (drop (call $notify)) (br_if $again (i32.lt_u (i32.atomic.load (i32.const 128)) (i32.const 2))))
    (i32.sub (global.get $woken) (i32.atomic.load (i32.const 192))))
)
(invoke "wake both")
(invoke "wake both")
(assert_return (invoke "end") (i32.const 0))
(wait $Narrow)
(wait $Wide)
