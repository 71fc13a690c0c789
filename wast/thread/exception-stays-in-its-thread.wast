;; title:    an exception ends a call in its own thread, caught or not; the others go on
;; spec:     exec-throw_ref
;; features: threads exception-handling
;; threads:  3

;; The counting thread adds 1 to 0 until 64 is set. Another thread throws in several ways, and then the count still rises.
(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)

(thread $Counter (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    ;; In a block that would catch whatever is thrown: nothing is, here.
    (func (export "count") (result i32)
      (block $caught
        (try_table (catch_all $caught)
          (loop $next
            (drop (i32.atomic.rmw.add (i32.const 0) (i32.const 1)))
            (br_if $next (i32.eqz (i32.atomic.load (i32.const 64)))))
          (return (i32.atomic.load (i32.const 64)))))
      (i32.const -1)))
  (assert_return (invoke "count") (i32.const 1)))
(thread $Thrower (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (tag $e (param i32))
    (func $throw (param i32)
      (i32.atomic.store (i32.const 128) (local.get 0))
      (throw $e (local.get 0)))
    (func (export "throw") (param i32) (call $throw (local.get 0)))
    (func (export "catch") (param i32) (result i32)
      (block $h (result i32)
        (try_table (catch $e $h) (call $throw (local.get 0)))
        (unreachable)))
    (func (export "catch and throw again") (param i32)
      (block $h (result exnref)
        (try_table (catch_all_ref $h) (call $throw (local.get 0)))
        (unreachable))
      (throw_ref))
    (func (export "written") (result i32) (i32.load (i32.const 128))))
  (assert_exception (invoke "throw" (i32.const 5)))
  ;; What was written before it was thrown is there, and the instance is as usable as before.
  (assert_return (invoke "written") (i32.const 5))
  (assert_return (invoke "catch" (i32.const 6)) (i32.const 6))
  (assert_exception (invoke "catch and throw again" (i32.const 7)))
  (assert_return (invoke "written") (i32.const 7)))
(wait $Thrower)

(module
  (memory (import "mem" "memory") 1 1 shared)
  (func (export "count rises") (local $before i32)
    (local.set $before (i32.atomic.load (i32.const 0)))
    (loop $again (br_if $again (i32.eq (i32.atomic.load (i32.const 0)) (local.get $before)))))
  (func (export "end") (i32.atomic.store (i32.const 64) (i32.const 1))))

(invoke "count rises")
(invoke "end")
(wait $Counter)
