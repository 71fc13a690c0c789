;; title:    rmw.xchg returns the old value and stores the operand
;; spec:     exec-atomic.rmw
;; features: threads
;; threads:  1
;; why:      wabt #2784, wasmtime #5898

;; Each function first sets the word at 16 to 0xffeeddcc_bbaa9988. Narrow results are zero-extended, narrow operands lose
;; their high bits, and the other bytes stay: "word" shows all eight.
(module
  (memory 1 1 shared)
  (func $reset (i64.store (i32.const 16) (i64.const 0xffeeddccbbaa9988)))
  (func (export "word") (param i32) (result i64) (i64.load (local.get 0)))
  (func (export "i32.rmw.xchg") (param i32 i32) (result i32)
    (call $reset) (i32.atomic.rmw.xchg offset=8 (local.get 0) (local.get 1)))
  (func (export "i64.rmw.xchg") (param i32 i64) (result i64)
    (call $reset) (i64.atomic.rmw.xchg offset=8 (local.get 0) (local.get 1)))
  (func (export "i32.rmw8.xchg_u") (param i32 i32) (result i32)
    (call $reset) (i32.atomic.rmw8.xchg_u offset=8 (local.get 0) (local.get 1)))
  (func (export "i32.rmw16.xchg_u") (param i32 i32) (result i32)
    (call $reset) (i32.atomic.rmw16.xchg_u offset=8 (local.get 0) (local.get 1)))
  (func (export "i64.rmw8.xchg_u") (param i32 i64) (result i64)
    (call $reset) (i64.atomic.rmw8.xchg_u offset=8 (local.get 0) (local.get 1)))
  (func (export "i64.rmw16.xchg_u") (param i32 i64) (result i64)
    (call $reset) (i64.atomic.rmw16.xchg_u offset=8 (local.get 0) (local.get 1)))
  (func (export "i64.rmw32.xchg_u") (param i32 i64) (result i64)
    (call $reset) (i64.atomic.rmw32.xchg_u offset=8 (local.get 0) (local.get 1)))
)

(assert_return (invoke "i32.rmw.xchg" (i32.const 12) (i32.const 0x12345678)) (i32.const 0xffeeddcc))
(assert_return (invoke "word" (i32.const 16)) (i64.const 0x12345678bbaa9988))
(assert_return (invoke "i32.rmw.xchg" (i32.const 12) (i32.const 0xffffffff)) (i32.const 0xffeeddcc))
(assert_return (invoke "word" (i32.const 16)) (i64.const 0xffffffffbbaa9988))

(assert_return (invoke "i64.rmw.xchg" (i32.const 8) (i64.const 0x123456789abcdef1)) (i64.const 0xffeeddccbbaa9988))
(assert_return (invoke "word" (i32.const 16)) (i64.const 0x123456789abcdef1))
(assert_return (invoke "i64.rmw.xchg" (i32.const 8) (i64.const 0xffffffffffffffff)) (i64.const 0xffeeddccbbaa9988))
(assert_return (invoke "word" (i32.const 16)) (i64.const 0xffffffffffffffff))

(assert_return (invoke "i32.rmw8.xchg_u" (i32.const 11) (i32.const 0x12345678)) (i32.const 0xbb))
(assert_return (invoke "word" (i32.const 16)) (i64.const 0xffeeddcc78aa9988))
(assert_return (invoke "i32.rmw8.xchg_u" (i32.const 11) (i32.const 0xffffffff)) (i32.const 0xbb))
(assert_return (invoke "word" (i32.const 16)) (i64.const 0xffeeddccffaa9988))

(assert_return (invoke "i32.rmw16.xchg_u" (i32.const 10) (i32.const 0x12345678)) (i32.const 0xbbaa))
(assert_return (invoke "word" (i32.const 16)) (i64.const 0xffeeddcc56789988))
(assert_return (invoke "i32.rmw16.xchg_u" (i32.const 10) (i32.const 0xffffffff)) (i32.const 0xbbaa))
(assert_return (invoke "word" (i32.const 16)) (i64.const 0xffeeddccffff9988))

(assert_return (invoke "i64.rmw8.xchg_u" (i32.const 14) (i64.const 0x123456789abcdef1)) (i64.const 0xee))
(assert_return (invoke "word" (i32.const 16)) (i64.const 0xfff1ddccbbaa9988))
(assert_return (invoke "i64.rmw8.xchg_u" (i32.const 14) (i64.const 0xffffffffffffffff)) (i64.const 0xee))
(assert_return (invoke "word" (i32.const 16)) (i64.const 0xffffddccbbaa9988))

(assert_return (invoke "i64.rmw16.xchg_u" (i32.const 12) (i64.const 0x123456789abcdef1)) (i64.const 0xddcc))
(assert_return (invoke "word" (i32.const 16)) (i64.const 0xffeedef1bbaa9988))
(assert_return (invoke "i64.rmw16.xchg_u" (i32.const 12) (i64.const 0xffffffffffffffff)) (i64.const 0xddcc))
(assert_return (invoke "word" (i32.const 16)) (i64.const 0xffeeffffbbaa9988))

(assert_return (invoke "i64.rmw32.xchg_u" (i32.const 8) (i64.const 0x123456789abcdef1)) (i64.const 0xbbaa9988))
(assert_return (invoke "word" (i32.const 16)) (i64.const 0xffeeddcc9abcdef1))
(assert_return (invoke "i64.rmw32.xchg_u" (i32.const 8) (i64.const 0xffffffffffffffff)) (i64.const 0xbbaa9988))
(assert_return (invoke "word" (i32.const 16)) (i64.const 0xffeeddccffffffff))

;; The words beside have stayed zero all the time.
(assert_return (invoke "word" (i32.const 8)) (i64.const 0))
(assert_return (invoke "word" (i32.const 24)) (i64.const 0))
