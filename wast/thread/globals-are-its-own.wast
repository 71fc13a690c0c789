;; title:    each thread's instance has globals of its own, which no other thread changes
;; spec:     exec-instantiation
;; features: threads
;; threads:  3

;; Both threads count in a global and in the shared word at 8, and meet at 0 before and after. Each global has one
;; thread's counts, the word has both.
(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)

(thread $A (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (global $count (mut i32) (i32.const 0))
    (func $meet (param $all i32)
      (drop (i32.atomic.rmw.add (i32.const 0) (i32.const 1)))
      (loop $until_all (br_if $until_all (i32.lt_u (i32.atomic.load (i32.const 0)) (local.get $all)))))
    (func (export "run") (param $n i32) (result i32)
      (call $meet (i32.const 2))
      (loop $next
        (global.set $count (i32.add (global.get $count) (i32.const 1)))
        (drop (i32.atomic.rmw.add (i32.const 8) (i32.const 1)))
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
      (call $meet (i32.const 4))
      (global.get $count))
  )
  (assert_return (invoke "run" (i32.const 2000)) (i32.const 2000))
)
(thread $B (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (global $count (mut i32) (i32.const 0))
    (func $meet (param $all i32)
      (drop (i32.atomic.rmw.add (i32.const 0) (i32.const 1)))
      (loop $until_all (br_if $until_all (i32.lt_u (i32.atomic.load (i32.const 0)) (local.get $all)))))
    (func (export "run") (param $n i32) (result i32)
      (call $meet (i32.const 2))
      (loop $next
        (global.set $count (i32.add (global.get $count) (i32.const 1)))
        (drop (i32.atomic.rmw.add (i32.const 8) (i32.const 1)))
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
      (call $meet (i32.const 4))
      (global.get $count))
  )
  (assert_return (invoke "run" (i32.const 3000)) (i32.const 3000))
)
(wait $A)
(wait $B)

(module
  (memory (import "mem" "memory") 1 1 shared)
  (func (export "both") (result i32) (i32.load (i32.const 8)))
)
(assert_return (invoke "both") (i32.const 5000))
