;; title:    atomic.fence changes nothing in memory, in globals or in locals
;; spec:     exec-memory.atomic.fence
;; features: threads
;; threads:  1

(module
  (memory 1 1 shared)
  (global $g (mut i64) (i64.const 1))
  (func (export "memory") (param $v i64) (result i64)
    (i64.store (i32.const 8) (local.get $v))
    (atomic.fence)
    (i64.store (i32.const 8) (i64.add (i64.atomic.load (i32.const 8)) (i64.const 1)))
    (atomic.fence) (atomic.fence)
    (i64.load (i32.const 8)))
  (func (export "global") (param $v i64) (result i64)
    (global.set $g (local.get $v))
    (atomic.fence)
    (global.get $g))
  (func (export "locals in a loop") (param $n i32) (result i32)
    (local $sum i32)
    (loop $again
      (atomic.fence)
      (local.set $sum (i32.add (local.get $sum) (local.get $n)))
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $sum))
)
(assert_return (invoke "memory" (i64.const 41)) (i64.const 42))
(assert_return (invoke "global" (i64.const -5)) (i64.const -5))
(assert_return (invoke "locals in a loop" (i32.const 10)) (i32.const 55))
