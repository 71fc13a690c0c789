;; title:    data.drop drops the segment of its own instance; another thread's instance of the same module still has its own
;; spec:     exec-data.drop
;; features: threads
;; threads:  2

;; The thread drops its segment and says so at 0.
(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)

(thread $T (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (data $d "\01\02\03\04")
    (func (export "init") (memory.init $d (i32.const 8) (i32.const 0) (i32.const 4)))
    (func (export "drop") (data.drop $d) (i32.atomic.store (i32.const 0) (i32.const 1)))
  )
  (invoke "drop")
  (assert_trap (invoke "init") "out of bounds memory access")
)

(module
  (memory (import "mem" "memory") 1 1 shared)
  (data $d "\01\02\03\04")
  (func (export "init") (result i32)
    (loop $until_dropped (br_if $until_dropped (i32.eqz (i32.atomic.load (i32.const 0)))))
    (memory.init $d (i32.const 8) (i32.const 0) (i32.const 4))
    (i32.load (i32.const 8)))
)
(assert_return (invoke "init") (i32.const 0x04030201))
(wait $T)
(assert_return (invoke "init") (i32.const 0x04030201))
