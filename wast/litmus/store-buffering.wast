;; title:    of two threads that each store to a cell and then read the other's, all atomically, one sees the other's store
;; spec:     relaxed-consistent
;; features: threads
;; threads:  2

;; Round n has its cells at 1024 + 256 n, x at +0 and y at +64; the first thread's read goes to +128, the second's to +192.
;; 0: how often a thread has come to a round, so that both begin it together.
(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)

(thread $Second (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func (export "run") (param $rounds i32)
      (local $n i32) (local $at i32)
      (local.set $at (i32.const 1024))
      (loop $next
        (local.set $n (i32.add (local.get $n) (i32.const 2)))
        (drop (i32.atomic.rmw.add (i32.const 0) (i32.const 1)))
        (loop $until_both (br_if $until_both (i32.lt_u (i32.atomic.load (i32.const 0)) (local.get $n))))
        (i32.atomic.store offset=64 (local.get $at) (i32.const 1))
        (i32.store offset=192 (local.get $at) (i32.atomic.load (local.get $at)))
        (local.set $at (i32.add (local.get $at) (i32.const 256)))
        (br_if $next (local.tee $rounds (i32.sub (local.get $rounds) (i32.const 1))))))
  )
  (invoke "run" (i32.const 40))
)

(module
  (memory (import "mem" "memory") 1 1 shared)
  (func (export "run") (param $rounds i32)
    (local $n i32) (local $at i32)
    (local.set $at (i32.const 1024))
    (loop $next
      (local.set $n (i32.add (local.get $n) (i32.const 2)))
      (drop (i32.atomic.rmw.add (i32.const 0) (i32.const 1)))
      (loop $until_both (br_if $until_both (i32.lt_u (i32.atomic.load (i32.const 0)) (local.get $n))))
      (i32.atomic.store (local.get $at) (i32.const 1))
      (i32.store offset=128 (local.get $at) (i32.atomic.load offset=64 (local.get $at)))
      (local.set $at (i32.add (local.get $at) (i32.const 256)))
      (br_if $next (local.tee $rounds (i32.sub (local.get $rounds) (i32.const 1))))))
  ;; The first thread's read, twice, and the second's
  (func $outcome (export "outcome") (param $round i32) (result i32)
    (local $at i32)
    (local.set $at (i32.add (i32.const 1024) (i32.mul (local.get $round) (i32.const 256))))
    (i32.add (i32.shl (i32.load offset=128 (local.get $at)) (i32.const 1)) (i32.load offset=192 (local.get $at))))
  (func (export "neither") (param $rounds i32) (result i32)
    (local $count i32)
    (loop $next
      (local.set $rounds (i32.sub (local.get $rounds) (i32.const 1)))
      (local.set $count (i32.add (local.get $count) (i32.eqz (call $outcome (local.get $rounds)))))
      (br_if $next (local.get $rounds)))
    (local.get $count))
)
(invoke "run" (i32.const 40))
(wait $Second)
(assert_return (invoke "outcome" (i32.const 0)) (either (i32.const 1) (i32.const 2) (i32.const 3)))
(assert_return (invoke "outcome" (i32.const 39)) (either (i32.const 1) (i32.const 2) (i32.const 3)))
(assert_return (invoke "neither" (i32.const 40)) (i32.const 0))
