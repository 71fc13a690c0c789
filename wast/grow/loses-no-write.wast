;; title:    writes that race with grows are not lost: the memory does not move
;; spec:     exec-memory.grow
;; features: threads
;; threads:  2
;; why:      threads #203, toywasm #11

;; The writer adds 1 to 0, atomically, and counts plainly at 64, until 128 is set; meanwhile the memory grows 16 times.
(module $Mem (memory (export "memory") 1 17 shared))
(register "mem" $Mem)

(thread $Writer (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 17 shared)
    ;; 0 unless the two cells and the number of rounds differ.
    (func (export "write") (result i32)
      (local $n i32)
      (loop $next
        (drop (i32.atomic.rmw.add (i32.const 0) (i32.const 1)))
        (i32.store (i32.const 64) (i32.add (i32.load (i32.const 64)) (i32.const 1)))
        (local.set $n (i32.add (local.get $n) (i32.const 1)))
        (br_if $next (i32.eqz (i32.atomic.load (i32.const 128)))))
      (i32.or
        (i32.xor (local.get $n) (i32.atomic.load (i32.const 0)))
        (i32.xor (local.get $n) (i32.load (i32.const 64)))))
  )
  (assert_return (invoke "write") (i32.const 0))
)

(module
  (memory (import "mem" "memory") 1 17 shared)
  ;; Between two grows the writer must get on.
  (func (export "grow") (param $n i32)
    (local $before i32)
    (loop $next
      (drop (memory.grow (i32.const 1)))
      (local.set $before (i32.atomic.load (i32.const 0)))
      (loop $until_written (br_if $until_written (i32.eq (i32.atomic.load (i32.const 0)) (local.get $before))))
      (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (i32.atomic.store (i32.const 128) (i32.const 1)))
)
(invoke "grow" (i32.const 16))
(wait $Writer)
