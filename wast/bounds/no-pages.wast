;; title:    in a shared memory of no pages every access traps
;; spec:     exec-memarg
;; features: threads
;; threads:  1

(module
  (memory 0 0 shared)
  (func (export "size") (result i32) (memory.size))
  (func (export "i32.load") (drop (i32.load (i32.const 0))))
  (func (export "i32.atomic.load8_u") (drop (i32.atomic.load8_u (i32.const 0))))
  (func (export "i64.atomic.load") (drop (i64.atomic.load (i32.const 0))))
  (func (export "i32.atomic.store8") (i32.atomic.store8 (i32.const 0) (i32.const 1)))
  (func (export "i64.atomic.rmw.add") (drop (i64.atomic.rmw.add (i32.const 0) (i64.const 1))))
  (func (export "i32.atomic.rmw8.cmpxchg_u")
    (drop (i32.atomic.rmw8.cmpxchg_u (i32.const 0) (i32.const 0) (i32.const 1))))
  (func (export "memory.atomic.notify") (drop (memory.atomic.notify (i32.const 0) (i32.const 0))))
  (func (export "memory.atomic.wait32") (drop (memory.atomic.wait32 (i32.const 0) (i32.const 1) (i64.const 0))))
  (func (export "memory.fill of nothing") (memory.fill (i32.const 0) (i32.const 1) (i32.const 0)))
  (func (export "memory.fill") (memory.fill (i32.const 0) (i32.const 1) (i32.const 1)))
)

(assert_return (invoke "size") (i32.const 0))
(assert_trap (invoke "i32.load") "out of bounds memory access")
(assert_trap (invoke "i32.atomic.load8_u") "out of bounds memory access")
(assert_trap (invoke "i64.atomic.load") "out of bounds memory access")
(assert_trap (invoke "i32.atomic.store8") "out of bounds memory access")
(assert_trap (invoke "i64.atomic.rmw.add") "out of bounds memory access")
(assert_trap (invoke "i32.atomic.rmw8.cmpxchg_u") "out of bounds memory access")
(assert_trap (invoke "memory.atomic.notify") "out of bounds memory access")
(assert_trap (invoke "memory.atomic.wait32") "out of bounds memory access")
(assert_return (invoke "memory.fill of nothing"))
(assert_trap (invoke "memory.fill") "out of bounds memory access")
