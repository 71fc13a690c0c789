;; title:    after (wait) all that the thread wrote is there, with plain accesses too
;; spec:     script
;; features: threads
;; threads:  2

(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)
(module $Main
  (memory (import "mem" "memory") 1 1 shared)
  (func (export "load") (param i32) (result i32) (i32.load (local.get 0)))
  (func (export "store") (param i32 i32) (i32.store (local.get 0) (local.get 1)))
)

;; Each thread finds what was written before it was started, and adds to it.
(invoke $Main "store" (i32.const 0) (i32.const 1))
(thread $A (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func (export "add") (param i32) (result i32)
      (i32.store (i32.const 0) (i32.add (i32.load (i32.const 0)) (local.get 0)))
      (i32.load (i32.const 0)))
  )
  (assert_return (invoke "add" (i32.const 10)) (i32.const 11))
)
(wait $A)
(assert_return (invoke $Main "load" (i32.const 0)) (i32.const 11))

(thread $B (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func (export "add") (param i32) (result i32)
      (i32.store (i32.const 0) (i32.add (i32.load (i32.const 0)) (local.get 0)))
      (i32.load (i32.const 0)))
  )
  (assert_return (invoke "add" (i32.const 100)) (i32.const 111))
)
(wait $B)
(assert_return (invoke $Main "load" (i32.const 0)) (i32.const 111))
;; A thread that has ended can be waited for again.
(wait $A)
(wait $B)
