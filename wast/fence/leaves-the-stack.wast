;; title:    atomic.fence takes nothing from the stack and leaves nothing there
;; spec:     valid-memory.atomic.fence
;; features: threads
;; threads:  1

(module
  (memory 1 1 shared)
  (func (export "between operands") (result i32)
    i32.const 40
    atomic.fence
    i32.const 2
    atomic.fence
    i32.add
    atomic.fence)
  (func (export "between accesses") (param $v i32) (result i32)
    (i32.store (i32.const 0) (local.get $v))
    (atomic.fence)
    (i32.load (i32.const 0)))
  (func (export "in a loop") (param $n i32) (result i32)
    (local $sum i32)
    (loop $again
      (atomic.fence)
      (local.set $sum (i32.add (local.get $sum) (local.get $n)))
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $sum))
)

(assert_return (invoke "between operands") (i32.const 42))
(assert_return (invoke "between accesses" (i32.const 7)) (i32.const 7))
(assert_return (invoke "in a loop" (i32.const 10)) (i32.const 55))

(assert_invalid (module (func (result i32) (atomic.fence))) "type mismatch")
(assert_invalid (module (func (drop (atomic.fence)))) "type mismatch")
