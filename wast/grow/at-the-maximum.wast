;; title:    a memory at its maximum, be it 0, grows by nothing, and by nothing else
;; spec:     exec-memory.grow
;; features: threads
;; threads:  1

(module
  (memory 1 1 shared)
  (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
  (func (export "size") (result i32) (memory.size))
)
(assert_return (invoke "grow" (i32.const 1)) (i32.const -1))
(assert_return (invoke "grow" (i32.const 0)) (either (i32.const 1) (i32.const -1)))
(assert_return (invoke "size") (i32.const 1))

(module
  (memory 0 0 shared)
  (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
  (func (export "size") (result i32) (memory.size))
)
(assert_return (invoke "grow" (i32.const 1)) (i32.const -1))
(assert_return (invoke "grow" (i32.const 0)) (either (i32.const -1) (i32.const 0)))
(assert_return (invoke "size") (i32.const 0))
