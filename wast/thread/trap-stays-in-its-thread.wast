;; title:    a trap ends a call in its own thread; the others go on
;; spec:     exec-unreachable
;; features: threads
;; threads:  3
;; why:      threads #70

;; The counting thread adds 1 to 0 until 64 is set. Another thread traps in several ways, and then the count still rises.
(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)

(thread $Counter (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func (export "count") (result i32)
      (loop $next
        (drop (i32.atomic.rmw.add (i32.const 0) (i32.const 1)))
        (br_if $next (i32.eqz (i32.atomic.load (i32.const 64)))))
      (i32.atomic.load (i32.const 64)))
  )
  (assert_return (invoke "count") (i32.const 1))
)
(thread $Trapper (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func (export "unreachable") (i32.store (i32.const 128) (i32.const 9)) (unreachable))
    (func (export "load") (drop (i32.atomic.load (i32.const 65536))))
    (func (export "divide") (param i32) (result i32) (i32.div_u (i32.const 1) (local.get 0)))
    (func (export "alive") (result i32) (i32.load (i32.const 128)))
  )
  (assert_trap (invoke "unreachable") "unreachable")
  (assert_trap (invoke "load") "out of bounds memory access")
  (assert_trap (invoke "divide" (i32.const 0)) "integer divide by zero")
  ;; The instance is as usable as before, and what was written before the trap is there.
  (assert_return (invoke "alive") (i32.const 9))
)
(wait $Trapper)

(module
  (memory (import "mem" "memory") 1 1 shared)
  (func (export "count rises")
    (local $before i32)
    (local.set $before (i32.atomic.load (i32.const 0)))
    (loop $again (br_if $again (i32.eq (i32.atomic.load (i32.const 0)) (local.get $before)))))
  (func (export "end") (i32.atomic.store (i32.const 64) (i32.const 1)))
)
(invoke "count rises")
(invoke "end")
(wait $Counter)
