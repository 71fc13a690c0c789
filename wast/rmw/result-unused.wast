;; title:    an atomic access whose result nobody uses takes place all the same
;; spec:     exec-atomic.rmw
;; features: threads
;; threads:  1
;; why:      binaryen #7280, binaryen #7281

(module
  (memory 1 1 shared)
  (data (i32.const 8) "\0f\00\00\00\00\00\00\00")
  (func (export "cell") (result i32) (i32.load (i32.const 8)))
  (func (export "add") (drop (i32.atomic.rmw.add (i32.const 8) (i32.const 1))))
  (func (export "sub") (drop (i32.atomic.rmw.sub (i32.const 8) (i32.const 4))))
  (func (export "and") (drop (i32.atomic.rmw.and (i32.const 8) (i32.const 8))))
  (func (export "or") (drop (i32.atomic.rmw.or (i32.const 8) (i32.const 3))))
  (func (export "xor") (drop (i32.atomic.rmw.xor (i32.const 8) (i32.const 1))))
  (func (export "xchg") (drop (i32.atomic.rmw.xchg (i32.const 8) (i32.const 77))))
  (func (export "cmpxchg") (drop (i32.atomic.rmw.cmpxchg (i32.const 8) (i32.const 77) (i32.const 99))))
  (func (export "load past the end") (drop (i32.atomic.load (i32.const 65536))))
  (func (export "load misaligned") (drop (i32.atomic.load (i32.const 2))))
)

(invoke "add")
(assert_return (invoke "cell") (i32.const 16))
(invoke "sub")
(assert_return (invoke "cell") (i32.const 12))
(invoke "and")
(assert_return (invoke "cell") (i32.const 8))
(invoke "or")
(assert_return (invoke "cell") (i32.const 11))
(invoke "xor")
(assert_return (invoke "cell") (i32.const 10))
(invoke "xchg")
(assert_return (invoke "cell") (i32.const 77))
(invoke "cmpxchg")
(assert_return (invoke "cell") (i32.const 99))
(assert_trap (invoke "load past the end") "out of bounds memory access")
(assert_trap (invoke "load misaligned") "unaligned atomic")
