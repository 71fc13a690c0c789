;; title:    a module that cannot be linked neither writes its segments nor runs its start function
;; spec:     exec-instantiation
;; features: threads
;; threads:  1

(module $M
  (memory (export "memory") 1 2 shared)
  (func (export "word") (result i32) (i32.load (i32.const 0)))
)
(register "M" $M)
(assert_unlinkable
  (module
    (memory (import "M" "memory") 1 2 shared)
    (func (import "M" "missing"))
    (data (i32.const 0) "\01"))
  "unknown import")
(assert_unlinkable
  (module (memory (import "M" "memory") 1 2) (data (i32.const 0) "\02"))
  "incompatible import type")
(assert_unlinkable
  (module
    (memory (import "M" "memory") 1 1 shared)
    (func $start (i32.atomic.store (i32.const 0) (i32.const 3)))
    (start $start))
  "incompatible import type")
(assert_return (invoke $M "word") (i32.const 0))
(module (memory (import "M" "memory") 1 2 shared) (data (i32.const 0) "\04"))
(assert_return (invoke $M "word") (i32.const 4))
