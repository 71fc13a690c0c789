;; title:    two instances that import one shared memory see each other's writes
;; spec:     exec-instantiation
;; features: threads
;; threads:  1

(module $M (memory (export "memory") 1 1 shared))
(register "M" $M)
(module $A
  (memory (import "M" "memory") 1 1 shared)
  (func (export "store") (param i32 i32) (i32.store (local.get 0) (local.get 1)))
  (func (export "add") (param i32 i32) (result i32) (i32.atomic.rmw.add (local.get 0) (local.get 1)))
)
(module $B
  (memory (import "M" "memory") 1 1 shared)
  (func (export "load") (param i32) (result i32) (i32.load (local.get 0)))
  (func (export "atomic.load") (param i32) (result i32) (i32.atomic.load (local.get 0)))
)

(invoke $A "store" (i32.const 65532) (i32.const 5))
(assert_return (invoke $B "load" (i32.const 65532)) (i32.const 5))
(assert_return (invoke $B "atomic.load" (i32.const 65532)) (i32.const 5))
(assert_return (invoke $A "add" (i32.const 65532) (i32.const 2)) (i32.const 5))
(assert_return (invoke $B "load" (i32.const 65532)) (i32.const 7))

;; Two modules that each define a memory have two.
(module $C (memory 1 1 shared) (func (export "load") (param i32) (result i32) (i32.load (local.get 0))))
(assert_return (invoke $C "load" (i32.const 65532)) (i32.const 0))
