;; title:    where store and read are updates, one of two threads sees the other's store, too
;; spec:     relaxed-consistent
;; features: threads
;; threads:  2
;; why:      binaryen #7280, binaryen #7281

;; Round n has its cells at 1024 + 512 n, x at +0 and y at +64; the first thread's read goes to +128, the second's to
;; +192. 0: how often a thread has come to a round, so that both begin it together.
(module $Mem (memory (export "memory") 4 4 shared))
(register "mem" $Mem)

(thread $Second (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 4 4 shared)
    (func (export "run") (param $rounds i32)
      (local $n i32) (local $at i32)
      (local.set $at (i32.const 1024))
      (loop $next
        (local.set $n (i32.add (local.get $n) (i32.const 2)))
        (drop (i32.atomic.rmw.add (i32.const 0) (i32.const 1)))
        (loop $until_both (br_if $until_both (i32.lt_u (i32.atomic.load (i32.const 0)) (local.get $n))))
        (i32.atomic.store offset=64 (local.get $at) (i32.const 1))
        (i32.store offset=192 (local.get $at)
          (i32.atomic.rmw.cmpxchg offset=0 (local.get $at) (i32.const 7) (i32.const 8)))
        (local.set $at (i32.add (local.get $at) (i32.const 512)))
        (br_if $next (local.tee $rounds (i32.sub (local.get $rounds) (i32.const 1))))))
  )
  (invoke "run" (i32.const 60))
)

(module
  (memory (import "mem" "memory") 4 4 shared)
  (func (export "run") (param $rounds i32)
    (local $n i32) (local $at i32)
    (local.set $at (i32.const 1024))
    (loop $next
      (local.set $n (i32.add (local.get $n) (i32.const 2)))
      (drop (i32.atomic.rmw.add (i32.const 0) (i32.const 1)))
      (loop $until_both (br_if $until_both (i32.lt_u (i32.atomic.load (i32.const 0)) (local.get $n))))
      (drop (i32.atomic.rmw.xchg offset=0 (local.get $at) (i32.const 1)))
      (i32.store offset=128 (local.get $at) (i32.atomic.rmw.add offset=64 (local.get $at) (i32.const 0)))
      (local.set $at (i32.add (local.get $at) (i32.const 512)))
      (br_if $next (local.tee $rounds (i32.sub (local.get $rounds) (i32.const 1))))))
  ;; How often neither read saw the other's store
  (func (export "neither") (param $rounds i32) (result i32)
    (local $count i32) (local $at i32)
    (local.set $at (i32.const 1024))
    (loop $next
      (local.set $count (i32.add (local.get $count)
        (i32.eqz (i32.or (i32.load offset=128 (local.get $at)) (i32.load offset=192 (local.get $at))))))
      (local.set $at (i32.add (local.get $at) (i32.const 512)))
      (br_if $next (local.tee $rounds (i32.sub (local.get $rounds) (i32.const 1)))))
    (local.get $count))
)
(invoke "run" (i32.const 60))
(wait $Second)
(assert_return (invoke "neither" (i32.const 60)) (i32.const 0))
