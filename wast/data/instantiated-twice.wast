;; title:    every instantiation writes the active segments again
;; spec:     exec-instantiation
;; features: threads
;; threads:  1
;; why:      threads #46, tool-conventions #107

;; A program that shares its memory keeps its counters out of active segments: this one is set back to 5.
(module $M (memory (export "memory") 1 1 shared))
(register "M" $M)
(module $A
  (memory (import "M" "memory") 1 1 shared)
  (data (i32.const 8) "\05\00\00\00")
  (func (export "count") (result i32) (i32.atomic.rmw.add (i32.const 8) (i32.const 1)))
)
(assert_return (invoke $A "count") (i32.const 5))
(assert_return (invoke $A "count") (i32.const 6))
(module $B
  (memory (import "M" "memory") 1 1 shared)
  (data (i32.const 8) "\05\00\00\00")
  (func (export "count") (result i32) (i32.atomic.rmw.add (i32.const 8) (i32.const 1)))
)
(assert_return (invoke $A "count") (i32.const 5))
(assert_return (invoke $B "count") (i32.const 6))
