;; title:    a loop of tail calls may wait in each turn
;; spec:     exec-return_call
;; features: threads tail-call
;; threads:  2
;; needs:    wait

;; A mutex whose lock is a function that tries, waits, and calls itself, as deep as it takes. 0: 0 free, 1 taken; 8: a plain
;; word that the mutex guards; 64: how many threads have begun.
(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)

(thread $Other (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func $lock
      (if (i32.atomic.rmw.cmpxchg (i32.const 0) (i32.const 0) (i32.const 1))
        (then
          (drop (memory.atomic.wait32 (i32.const 0) (i32.const 1) (i64.const -1)))
          (return_call $lock))))
    (func $both_are_here
      (br_if 0 (i32.eq (i32.atomic.load (i32.const 64)) (i32.const 2))) (return_call $both_are_here))
    (func $add (param $n i32)
      (if (i32.eqz (local.get $n)) (then (return)))
      (call $lock)
      (i32.store (i32.const 8) (i32.add (i32.load (i32.const 8)) (i32.const 1)))
      (i32.atomic.store (i32.const 0) (i32.const 0))
      (drop (memory.atomic.notify (i32.const 0) (i32.const 1)))
      (return_call $add (i32.sub (local.get $n) (i32.const 1))))
    (func (export "run") (param $n i32)
      (drop (i32.atomic.rmw.add (i32.const 64) (i32.const 1)))
      (call $both_are_here) (return_call $add (local.get $n))))
  (invoke "run" (i32.const 200_000)))

(module
  (memory (import "mem" "memory") 1 1 shared)
  (func $lock
    (if (i32.atomic.rmw.cmpxchg (i32.const 0) (i32.const 0) (i32.const 1))
      (then
        (drop (memory.atomic.wait32 (i32.const 0) (i32.const 1) (i64.const -1)))
        (return_call $lock))))
  (func $both_are_here
    (br_if 0 (i32.eq (i32.atomic.load (i32.const 64)) (i32.const 2))) (return_call $both_are_here))
  (func $add (param $n i32)
    (if (i32.eqz (local.get $n)) (then (return)))
    (call $lock)
    (i32.store (i32.const 8) (i32.add (i32.load (i32.const 8)) (i32.const 1)))
    (i32.atomic.store (i32.const 0) (i32.const 0))
    (drop (memory.atomic.notify (i32.const 0) (i32.const 1)))
    (return_call $add (i32.sub (local.get $n) (i32.const 1))))
  (func (export "run") (param $n i32)
    (drop (i32.atomic.rmw.add (i32.const 64) (i32.const 1)))
    (call $both_are_here) (return_call $add (local.get $n)))
  (func (export "sum") (result i32) (i32.load (i32.const 8))))

(invoke "run" (i32.const 200_000))
(wait $Other)
(assert_return (invoke "sum") (i32.const 400_000))
