;; title:    an active segment can be used no more after the instantiation, in whatever thread
;; spec:     exec-instantiation
;; features: threads
;; threads:  2

(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)
(module
  (memory (import "mem" "memory") 1 1 shared)
  (data $active (i32.const 8) "\01\02\03\04")
  (func (export "init") (param i32) (memory.init $active (i32.const 8) (i32.const 0) (local.get 0)))
  (func (export "word") (result i32) (i32.load (i32.const 8)))
)
(assert_return (invoke "word") (i32.const 0x04030201))
(assert_trap (invoke "init" (i32.const 1)) "out of bounds memory access")
(invoke "init" (i32.const 0))

(thread $T (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (data $active (i32.const 12) "\05\06\07\08")
    (func (export "init") (memory.init $active (i32.const 8) (i32.const 0) (i32.const 1)))
  )
  (assert_trap (invoke "init") "out of bounds memory access")
)
(wait $T)
(assert_return (invoke "word") (i32.const 0x04030201))
