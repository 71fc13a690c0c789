;; title:    atomic.fence changes no value that passes it, of memory, locals, globals or stack
;; spec:     exec-memory.atomic.fence
;; features: threads
;; threads:  1

(module
  (memory 1 1 shared)
  (global $g (mut i64) (i64.const 1))
  (func (export "store load") (param $v i64) (result i64)
    (i64.store (i32.const 8) (local.get $v))
    (atomic.fence)
    (i64.store (i32.const 8) (i64.add (i64.atomic.load (i32.const 8)) (i64.const 1)))
    (atomic.fence) (atomic.fence)
    (i64.load (i32.const 8)))
  (func (export "global") (param $v i64) (result i64)
    (global.set $g (local.get $v))
    (atomic.fence)
    (global.get $g))
  (func (export "twelve live values") (param $x i32) (result i32)
    (local.get $x) (i32.mul (local.get $x) (i32.const 3)) (i32.mul (local.get $x) (i32.const 5))
    (i32.load8_u (i32.const 100)) (i32.xor (local.get $x) (i32.const 1)) (i32.clz (local.get $x))
    (i32.const 7) (i32.popcnt (local.get $x)) (local.get $x) (i32.const -1) (i32.const 2) (local.get $x)
    (atomic.fence)
    (i32.add) (i32.add) (i32.add) (i32.add) (i32.add) (i32.add) (i32.add) (i32.add) (i32.add) (i32.add) (i32.add))
  (func (export "in both arms") (param $x i32) (result i32)
    (if (result i32) (local.get $x)
      (then (atomic.fence) (i32.const 10))
      (else (i32.const 20) (atomic.fence)))
    (atomic.fence))
)
(assert_return (invoke "store load" (i64.const 41)) (i64.const 42))
(assert_return (invoke "global" (i64.const -5)) (i64.const -5))
;; 10 + 30 + 50 + 0 + 11 + 28 + 7 + 2 + 10 - 1 + 2 + 10
(assert_return (invoke "twelve live values" (i32.const 10)) (i32.const 159))
(assert_return (invoke "in both arms" (i32.const 1)) (i32.const 10))
(assert_return (invoke "in both arms" (i32.const 0)) (i32.const 20))
