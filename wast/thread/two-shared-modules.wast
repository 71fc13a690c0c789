;; title:    a thread is given the modules of all its shared clauses, each under its own name
;; spec:     script
;; features: threads
;; threads:  2

;; The thread doubles what it finds at 0 of the first memory, and of the second leaves what is there.
(module $A (memory (export "memory") 1 1 shared))
(register "a" $A)
(module $B (memory (export "memory") 1 2 shared))
(register "b" $B)
(module $InA
  (memory (import "a" "memory") 1 1 shared)
  (func (export "store") (param i32) (i32.store (i32.const 0) (local.get 0)))
  (func (export "load") (result i32) (i32.load (i32.const 0)))
)
(module $InB
  (memory (import "b" "memory") 1 2 shared)
  (func (export "store") (param i32) (i32.store (i32.const 0) (local.get 0)))
  (func (export "load") (result i32) (i32.load (i32.const 0)))
)
(invoke $InA "store" (i32.const 21))
(invoke $InB "store" (i32.const 5))

(thread $T (shared (module $A)) (shared (module $B))
  (register "first" $A)
  (register "second" $B)
  (module
    (memory (import "first" "memory") 1 1 shared)
    (func (export "double") (result i32)
      (i32.store (i32.const 0) (i32.mul (i32.load (i32.const 0)) (i32.const 2)))
      (i32.load (i32.const 0)))
  )
  (assert_return (invoke "double") (i32.const 42))
  (module
    (memory (import "second" "memory") 1 2 shared)
    (func (export "load") (result i32) (i32.load (i32.const 0)))
  )
  (assert_return (invoke "load") (i32.const 5))
)
(wait $T)
(assert_return (invoke $InA "load") (i32.const 42))
(assert_return (invoke $InB "load") (i32.const 5))
