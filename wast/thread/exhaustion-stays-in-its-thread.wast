;; title:    a call stack that is exhausted ends a call in its own thread; the others go on
;; spec:     script
;; features: threads
;; threads:  3
;; why:      threads #70

;; The counting thread adds 1 to 0 until 64 is set. Another thread calls itself for ever, and then the count still
;; rises.
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
(thread $Deep (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func $deep (export "deep") (result i32) (i32.add (call $deep) (i32.const 1)))
    (func (export "alive") (result i32) (i32.const 5))
  )
  (assert_exhaustion (invoke "deep") "call stack exhausted")
  (assert_return (invoke "alive") (i32.const 5))
  (assert_exhaustion (invoke "deep") "call stack exhausted")
)
(wait $Deep)

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
