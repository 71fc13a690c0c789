;; title:    every kind of atomic access is valid on unshared memory, with a maximum or without
;; spec:     valid-memarg
;; features: threads
;; threads:  1
;; why:      wabt #641, binaryen #3172, threads #117

(module
  (memory 1)
  (func (export "load") (result i32) (i32.atomic.load (i32.const 0)))
  (func (export "store") (i64.atomic.store8 (i32.const 0) (i64.const 5)))
  (func (export "add") (result i32) (i32.atomic.rmw.add (i32.const 0) (i32.const 2)))
  (func (export "cmpxchg") (result i64) (i64.atomic.rmw.cmpxchg (i32.const 0) (i64.const 7) (i64.const 9)))
  (func (export "notify") (result i32) (memory.atomic.notify (i32.const 0) (i32.const -1)))
  (func (export "wait32") (result i32) (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const 0)))
  (func (export "wait64") (result i32) (memory.atomic.wait64 (i32.const 0) (i64.const 0) (i64.const 0)))
  (func (export "fence") (atomic.fence))
)
(assert_return (invoke "store"))
(assert_return (invoke "add") (i32.const 5))
(assert_return (invoke "cmpxchg") (i64.const 7))
(assert_return (invoke "load") (i32.const 9))
(assert_return (invoke "notify") (i32.const 0))
(assert_return (invoke "fence"))
(assert_trap (invoke "wait32") "expected shared memory")
(assert_trap (invoke "wait64") "expected shared memory")

;; Imported, and with a maximum
(module
  (memory (import "spectest" "memory") 1 2)
  (func (export "add") (result i64) (i64.atomic.rmw16.add_u (i32.const 65534) (i64.const 2)))
)
(assert_return (invoke "add") (i64.const 0))
(assert_return (invoke "add") (i64.const 2))
