;; title:    a shared memory that goes through a second module is the same memory, and still shared
;; spec:     match-memtype
;; features: threads
;; threads:  1

(module $first (memory (export "memory") 1 2 shared))
(register "first" $first)
;; Its import is laxer than the definition; what it exports has the definition's type all the same.
(module $second
  (memory (import "first" "memory") 0 10 shared)
  (export "again" (memory 0))
  (func (export "add") (param i32) (result i32) (i32.atomic.rmw.add (i32.const 8) (local.get 0)))
)
(register "second" $second)
(module $third
  (memory (import "second" "again") 1 2 shared)
  (func (export "add") (param i32) (result i32) (i32.atomic.rmw.add (i32.const 8) (local.get 0)))
)

(assert_return (invoke $second "add" (i32.const 1)) (i32.const 0))
(assert_return (invoke $third "add" (i32.const 2)) (i32.const 1))
(assert_return (invoke $second "add" (i32.const 0)) (i32.const 3))

(assert_unlinkable (module (memory (import "second" "again") 1 2)) "incompatible import type")
(assert_unlinkable (module (memory (import "second" "again") 1 1 shared)) "incompatible import type")
