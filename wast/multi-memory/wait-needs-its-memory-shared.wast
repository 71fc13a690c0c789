;; title:    a wait traps when the memory it names is not shared, whatever the others are
;; spec:     exec-memory.atomic.waitn
;; features: threads multi-memory
;; threads:  1

;; Memory 1 is shared, its neighbours are not.
(module
  (memory 1)
  (memory 1 1 shared)
  (memory 1)
  (func (export "wait32 0") (param i32) (result i32)
    (memory.atomic.wait32 (i32.const 0) (local.get 0) (i64.const 0)))
  (func (export "wait32 1") (param i32) (result i32)
    (memory.atomic.wait32 1 (i32.const 0) (local.get 0) (i64.const 0)))
  (func (export "wait32 2") (param i32) (result i32)
    (memory.atomic.wait32 2 (i32.const 0) (local.get 0) (i64.const 0)))
  (func (export "wait64 0") (param i64) (result i32)
    (memory.atomic.wait64 (i32.const 0) (local.get 0) (i64.const 0)))
  (func (export "wait64 1") (param i64) (result i32)
    (memory.atomic.wait64 1 (i32.const 0) (local.get 0) (i64.const 0)))
  (func (export "wait64 2") (param i64) (result i32)
    (memory.atomic.wait64 2 (i32.const 0) (local.get 0) (i64.const 0)))
  (func (export "notify 0") (result i32) (memory.atomic.notify (i32.const 0) (i32.const 1)))
  (func (export "notify 2") (result i32) (memory.atomic.notify 2 (i32.const 0) (i32.const 1)))
)

(assert_trap (invoke "wait32 0" (i32.const 0)) "expected shared memory")
(assert_trap (invoke "wait32 0" (i32.const 1)) "expected shared memory")
(assert_return (invoke "wait32 1" (i32.const 0)) (i32.const 2))
(assert_return (invoke "wait32 1" (i32.const 1)) (i32.const 1))
(assert_trap (invoke "wait32 2" (i32.const 0)) "expected shared memory")
(assert_trap (invoke "wait32 2" (i32.const 1)) "expected shared memory")
(assert_trap (invoke "wait64 0" (i64.const 0)) "expected shared memory")
(assert_return (invoke "wait64 1" (i64.const 0)) (i32.const 2))
(assert_trap (invoke "wait64 2" (i64.const 1)) "expected shared memory")
;; Nobody can wait there, and to say so is no error.
(assert_return (invoke "notify 0") (i32.const 0))
(assert_return (invoke "notify 2") (i32.const 0))
