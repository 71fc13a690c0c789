;; title:    what is behind the end of one memory is within the bounds of the next
;; spec:     exec-memarg
;; features: threads multi-memory
;; threads:  1

;; Memory 0 has three pages, memory 1 has one, memory 2 three.
(module
  (memory 3)
  (memory 1 1 shared)
  (memory 3 3 shared)
  (func (export "0") (result i64) (i64.atomic.rmw.add (i32.const 65536) (i64.const 1)))
  (func (export "1") (result i64) (i64.atomic.rmw.add 1 (i32.const 65536) (i64.const 1)))
  (func (export "2") (result i64) (i64.atomic.rmw.add 2 (i32.const 65536) (i64.const 1)))
  (func (export "plain 1") (param i32) (result i64) (i64.load 1 (local.get 0)))
  (func (export "plain 2") (param i32) (result i64) (i64.load 2 (local.get 0)))
  (func (export "notify 1") (result i32) (memory.atomic.notify 1 (i32.const 65536) (i32.const 1)))
  (func (export "notify 2") (result i32) (memory.atomic.notify 2 (i32.const 65536) (i32.const 1)))
)

(assert_return (invoke "0") (i64.const 0))
(assert_trap (invoke "1") "out of bounds memory access")
(assert_return (invoke "2") (i64.const 0))
(assert_return (invoke "plain 1" (i32.const 65528)) (i64.const 0))
(assert_trap (invoke "plain 1" (i32.const 65529)) "out of bounds memory access")
(assert_return (invoke "plain 2" (i32.const 65536)) (i64.const 1))
(assert_trap (invoke "notify 1") "out of bounds memory access")
(assert_return (invoke "notify 2") (i32.const 0))
(assert_return (invoke "2") (i64.const 1))
