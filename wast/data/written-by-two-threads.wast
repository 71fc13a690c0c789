;; title:    each thread's instance writes its own active segments into the memory they share
;; spec:     exec-instantiation
;; features: threads
;; threads:  3

;; The segments meet within a word.
(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)

(thread $A (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (data (i32.const 8) "\01\02\03\04\05\06\07\08\09\0a\0b")
  )
)
(thread $B (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (data (i32.const 19) "\0c\0d\0e\0f\10")
  )
)
(wait $A)
(wait $B)

(module
  (memory (import "mem" "memory") 1 1 shared)
  (func (export "word") (param i32) (result i64) (i64.load (local.get 0)))
)
(assert_return (invoke "word" (i32.const 0)) (i64.const 0))
(assert_return (invoke "word" (i32.const 8)) (i64.const 0x0807060504030201))
(assert_return (invoke "word" (i32.const 16)) (i64.const 0x100f0e0d0c0b0a09))
(assert_return (invoke "word" (i32.const 24)) (i64.const 0))
