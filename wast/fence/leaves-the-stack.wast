;; title:    atomic.fence takes nothing from the stack and leaves nothing there
;; spec:     valid-memory.atomic.fence
;; features: threads
;; threads:  1

(module
  (func (export "between operands") (result i32)
    i32.const 40
    atomic.fence
    i32.const 2
    atomic.fence
    i32.add
    atomic.fence)
  (func (export "under twelve values") (param $x i32) (result i32)
    (local.get $x) (i32.mul (local.get $x) (i32.const 3)) (i32.mul (local.get $x) (i32.const 5))
    (i32.eqz (local.get $x)) (i32.xor (local.get $x) (i32.const 1)) (i32.clz (local.get $x))
    (i32.const 7) (i32.popcnt (local.get $x)) (local.get $x) (i32.const -1) (i32.const 2) (local.get $x)
    (atomic.fence)
    (i32.add) (i32.add) (i32.add) (i32.add) (i32.add) (i32.add) (i32.add) (i32.add) (i32.add) (i32.add) (i32.add))
  (func (export "in both arms") (param $x i32) (result i32)
    (if (result i32) (local.get $x)
      (then (atomic.fence) (i32.const 10))
      (else (i32.const 20) (atomic.fence)))
    (atomic.fence))
)

(assert_return (invoke "between operands") (i32.const 42))
;; 10 + 30 + 50 + 0 + 11 + 28 + 7 + 2 + 10 - 1 + 2 + 10
(assert_return (invoke "under twelve values" (i32.const 10)) (i32.const 159))
(assert_return (invoke "in both arms" (i32.const 1)) (i32.const 10))
(assert_return (invoke "in both arms" (i32.const 0)) (i32.const 20))

(assert_invalid (module (func (result i32) (atomic.fence))) "type mismatch")
(assert_invalid (module (func (drop (atomic.fence)))) "type mismatch")
