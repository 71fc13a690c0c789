;; title:    threads of one name, one after the other, are new threads each time
;; spec:     script
;; features: threads
;; threads:  2

;; Each adds its number to what the ones before have left at 0, without an atomic access: the waits order them.
(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)

(thread $T (shared (module $Mem))
  (register "mem" $Mem)
  (module $M
    (memory (import "mem" "memory") 1 1 shared)
    (global $first (mut i32) (i32.const 1))
    (func (export "add") (param i32) (result i32)
      (i32.store (i32.const 0) (i32.mul (global.get $first) (i32.add (i32.load (i32.const 0)) (local.get 0))))
      (global.set $first (i32.const 0))
      (i32.load (i32.const 0))))
  (assert_return (invoke $M "add" (i32.const 1)) (i32.const 1)))
(wait $T)
(thread $T (shared (module $Mem))
  (register "mem" $Mem)
  (module $M
    (memory (import "mem" "memory") 1 1 shared)
    (global $first (mut i32) (i32.const 1))
    (func (export "add") (param i32) (result i32)
      (i32.store (i32.const 0) (i32.mul (global.get $first) (i32.add (i32.load (i32.const 0)) (local.get 0))))
      (global.set $first (i32.const 0))
      (i32.load (i32.const 0))))
  (assert_return (invoke $M "add" (i32.const 2)) (i32.const 3)))
(wait $T)
(thread $T (shared (module $Mem))
  (register "mem" $Mem)
  (module $M
    (memory (import "mem" "memory") 1 1 shared)
    (global $first (mut i32) (i32.const 1))
    (func (export "add") (param i32) (result i32)
      (i32.store (i32.const 0) (i32.mul (global.get $first) (i32.add (i32.load (i32.const 0)) (local.get 0))))
      (global.set $first (i32.const 0))
      (i32.load (i32.const 0))))
  (assert_return (invoke $M "add" (i32.const 3)) (i32.const 6)))
(wait $T)
(thread $T (shared (module $Mem))
  (register "mem" $Mem)
  (module $M
    (memory (import "mem" "memory") 1 1 shared)
    (global $first (mut i32) (i32.const 1))
    (func (export "add") (param i32) (result i32)
      (i32.store (i32.const 0) (i32.mul (global.get $first) (i32.add (i32.load (i32.const 0)) (local.get 0))))
      (global.set $first (i32.const 0))
      (i32.load (i32.const 0))))
  (assert_return (invoke $M "add" (i32.const 4)) (i32.const 10)))
(wait $T)
