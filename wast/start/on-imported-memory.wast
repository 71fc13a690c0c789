;; title:    a start function works on the shared memory that its module imports, once for each instance
;; spec:     exec-instantiation
;; features: threads
;; threads:  1

(module $M
  (memory (export "memory") 1 1 shared)
  (func (export "count") (result i32) (i32.atomic.load (i32.const 8)))
)
(register "M" $M)

;; It runs after the active segments: 16 is 1 by then.
(module
  (memory (import "M" "memory") 1 1 shared)
  (data (i32.const 16) "\01\00\00\00")
  (func $start (drop (i32.atomic.rmw.add (i32.const 8) (i32.atomic.rmw.xchg (i32.const 16) (i32.const 100)))))
  (start $start)
)
(assert_return (invoke $M "count") (i32.const 1))
(module
  (memory (import "M" "memory") 1 1 shared)
  (func $start (drop (i32.atomic.rmw.add (i32.const 8) (i32.atomic.load (i32.const 16)))))
  (start $start)
)
(assert_return (invoke $M "count") (i32.const 101))

;; One that traps leaves what it wrote.
(assert_trap
  (module
    (memory (import "M" "memory") 1 1 shared)
    (func $start (i32.atomic.store (i32.const 8) (i32.const 7)) (unreachable))
    (start $start))
  "unreachable")
(assert_return (invoke $M "count") (i32.const 7))
(assert_trap
  (module
    (memory (import "M" "memory") 1 1 shared)
    (func $start (i32.atomic.store (i32.const 8) (i32.const 9)) (i32.atomic.store (i32.const 6) (i32.const -1)))
    (start $start))
  "unaligned atomic")
(assert_return (invoke $M "count") (i32.const 9))
