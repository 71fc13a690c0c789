;; title:    threads start threads and wait for them, three deep
;; spec:     script
;; features: threads
;; threads:  4

(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)

(thread $A (shared (module $Mem))
  (register "mem" $Mem)
  (thread $B (shared (module $Mem))
    (register "mem" $Mem)
    (thread $C (shared (module $Mem))
      (register "mem" $Mem)
      (module
        (memory (import "mem" "memory") 1 1 shared)
        (func (export "multiply") (result i32)
          (i32.store (i32.const 0) (i32.mul (i32.const 7) (i32.add (i32.load (i32.const 0)) (i32.const 1))))
          (i32.load (i32.const 0)))
      )
      (assert_return (invoke "multiply") (i32.const 7))
    )
    (wait $C)
    (module
      (memory (import "mem" "memory") 1 1 shared)
      (func (export "multiply") (result i32)
        (i32.store (i32.const 0) (i32.mul (i32.const 5) (i32.add (i32.load (i32.const 0)) (i32.const 1))))
        (i32.load (i32.const 0)))
    )
    (assert_return (invoke "multiply") (i32.const 40))
  )
  (wait $B)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func (export "multiply") (result i32)
      (i32.store (i32.const 0) (i32.mul (i32.const 3) (i32.add (i32.load (i32.const 0)) (i32.const 1))))
      (i32.load (i32.const 0)))
  )
  (assert_return (invoke "multiply") (i32.const 123))
)
(wait $A)

(module
  (memory (import "mem" "memory") 1 1 shared)
  (func (export "load") (result i32) (i32.load (i32.const 0)))
)
(assert_return (invoke "load") (i32.const 123))
