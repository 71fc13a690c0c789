;; title:    memory.size gives what another thread made it, in a function that was running before
;; spec:     exec-memory.size
;; features: threads
;; threads:  2
;; why:      WAMR #2078, wazero #1927

;; 0: 1 once the thread is in its function; 4: 1 once the other has tried to grow the memory; 8: the size it then has.
(module $Mem (memory (export "memory") 1 3 shared))
(register "mem" $Mem)

(thread $Looker (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 3 shared)
    ;; 1 if the size is 1 before, and what it must be afterwards
    (func (export "looks right") (result i32)
      (local $first i32)
      (local.set $first (memory.size))
      (i32.atomic.store (i32.const 0) (i32.const 1))
      (loop $again (br_if $again (i32.eqz (i32.atomic.load (i32.const 4)))))
      (i32.and
        (i32.eq (memory.size) (i32.load (i32.const 8)))
        (i32.eq (local.get $first) (i32.const 1))))
  )
  (assert_return (invoke "looks right") (i32.const 1))
)

(module
  (memory (import "mem" "memory") 1 3 shared)
  (func (export "grow") (result i32)
    (local $old i32)
    (loop $again (br_if $again (i32.eqz (i32.atomic.load (i32.const 0)))))
    (local.set $old (memory.grow (i32.const 2)))
    (i32.store (i32.const 8) (select (i32.const 1) (i32.const 3) (i32.eq (local.get $old) (i32.const -1))))
    (i32.atomic.store (i32.const 4) (i32.const 1))
    (local.get $old))
)
(assert_return (invoke "grow") (either (i32.const 1) (i32.const -1)))
(wait $Looker)
