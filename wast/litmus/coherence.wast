;; title:    atomic reads of one cell never go back to an older value
;; spec:     relaxed-consistent
;; features: threads
;; threads:  2

;; The writer stores 1, 2, 3 … into 64, by store and by rmw in turn; the reader's values never fall. They meet at 0.
(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)

(thread $Writer (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func (export "write") (param $last i32)
      (local $n i32)
      (drop (i32.atomic.rmw.add (i32.const 0) (i32.const 1)))
      (loop $until_both (br_if $until_both (i32.lt_u (i32.atomic.load (i32.const 0)) (i32.const 2))))
      (loop $next
        (i32.atomic.store (i32.const 64) (local.tee $n (i32.add (local.get $n) (i32.const 1))))
        (drop (i32.atomic.rmw.xchg (i32.const 64) (local.tee $n (i32.add (local.get $n) (i32.const 1)))))
        (br_if $next (i32.lt_u (local.get $n) (local.get $last)))))
  )
  (invoke "write" (i32.const 20_000))
)

(module
  (memory (import "mem" "memory") 1 1 shared)
  (func (export "falls") (param $last i32) (result i32)
    (local $before i32) (local $now i32) (local $falls i32)
    (drop (i32.atomic.rmw.add (i32.const 0) (i32.const 1)))
    (loop $until_both (br_if $until_both (i32.lt_u (i32.atomic.load (i32.const 0)) (i32.const 2))))
    (loop $next
      (local.set $now (i32.atomic.load (i32.const 64)))
      (local.set $falls (i32.add (local.get $falls) (i32.lt_u (local.get $now) (local.get $before))))
      (local.set $before (local.get $now))
      (br_if $next (i32.ne (local.get $now) (local.get $last))))
    (local.get $falls))
)
(assert_return (invoke "falls" (i32.const 20_000)) (i32.const 0))
(wait $Writer)
