;; title:    (wait) without a name waits for the thread that was started last
;; spec:     script
;; features: threads
;; threads:  2

;; Each thread leaves its number at 0, as its last act; after the wait it must be there.
(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)
(module $Main
  (memory (import "mem" "memory") 1 1 shared)
  (func (export "number") (result i32) (i32.load (i32.const 0)))
)

(thread $A (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func (export "leave number") (local $n i32)
      (local.set $n (i32.const 100_000))
      (loop $work (br_if $work (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
      (i32.store (i32.const 0) (i32.const 1)))
  )
  (invoke "leave number")
)
(wait)
(assert_return (invoke $Main "number") (i32.const 1))
(wait $A)
(thread $B (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func (export "leave number") (local $n i32)
      (local.set $n (i32.const 100_000))
      (loop $work (br_if $work (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
      (i32.store (i32.const 0) (i32.const 2)))
  )
  (invoke "leave number")
)
(wait)
(assert_return (invoke $Main "number") (i32.const 2))
(wait $B)
