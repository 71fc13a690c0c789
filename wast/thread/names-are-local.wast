;; title:    names of modules and threads in a thread are its own
;; spec:     script
;; features: threads
;; threads:  3

(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)
(module $M (func (export "which") (result i32) (i32.const 1)))

(thread $T (shared (module $Mem))
  (register "mem" $Mem)
  (module $M (func (export "which") (result i32) (i32.const 2)))
  (assert_return (invoke $M "which") (i32.const 2))
  ;; A thread within, of the same name as the one around it
  (thread $T (shared (module $Mem))
    (register "mem" $Mem)
    (module $M
      (memory (import "mem" "memory") 1 1 shared)
      (func (export "which") (result i32) (i32.const 3))
      (func (export "mark") (i32.store (i32.const 0) (i32.const 42)))
    )
    (assert_return (invoke $M "which") (i32.const 3))
    (invoke $M "mark")
  )
  (wait $T)
  (assert_return (invoke $M "which") (i32.const 2))
)
(wait $T)
(assert_return (invoke $M "which") (i32.const 1))

(module
  (memory (import "mem" "memory") 1 1 shared)
  (func (export "mark") (result i32) (i32.load (i32.const 0)))
)
(assert_return (invoke "mark") (i32.const 42))
