;; title:    no instantiation writes a passive segment: what is in a shared memory stays until memory.init
;; spec:     exec-instantiation
;; features: threads
;; threads:  1
;; why:      threads #46, tool-conventions #107

;; The counter at 0 is what the segments lie over.
(module $M
  (memory (export "memory") 1 1 shared)
  (func (export "count") (result i32) (i32.atomic.rmw.add (i32.const 0) (i32.const 1)))
)
(register "M" $M)
(assert_return (invoke $M "count") (i32.const 0))
(module $A
  (memory (import "M" "memory") 1 1 shared)
  (data $passive "\64\00\00\00")
  (func (export "init") (memory.init $passive (i32.const 0) (i32.const 0) (i32.const 4)))
)
(assert_return (invoke $M "count") (i32.const 1))
(invoke $A "init")
(assert_return (invoke $M "count") (i32.const 100))
(module $B
  (memory (import "M" "memory") 1 1 shared)
  (data $passive "\64\00\00\00")
  (func (export "init") (memory.init $passive (i32.const 0) (i32.const 0) (i32.const 4)))
)
(assert_return (invoke $M "count") (i32.const 101))
(invoke $B "init")
(assert_return (invoke $M "count") (i32.const 100))
