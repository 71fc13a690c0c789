;; title:    cmpxchg whose expected value is found stores the new one and returns the old
;; spec:     exec-atomic.rmw.cmpxchg
;; features: threads
;; threads:  1
;; why:      threads #195, wasmtime #9990

;; Each function first sets the word at 16 to 0xffeeddcc_bbaa9988; its operands are an address (to which 8 is added),
;; the expected and the new value.
(module
  (memory 1 1 shared)
  (func $reset (i64.store (i32.const 16) (i64.const 0xffeeddccbbaa9988)))
  (func (export "word") (param i32) (result i64) (i64.load (local.get 0)))
  (func (export "i32.rmw.cmpxchg") (param i32 i32 i32) (result i32)
    (call $reset) (i32.atomic.rmw.cmpxchg offset=8 (local.get 0) (local.get 1) (local.get 2)))
  (func (export "i64.rmw.cmpxchg") (param i32 i64 i64) (result i64)
    (call $reset) (i64.atomic.rmw.cmpxchg offset=8 (local.get 0) (local.get 1) (local.get 2)))
  (func (export "i32.rmw8.cmpxchg_u") (param i32 i32 i32) (result i32)
    (call $reset) (i32.atomic.rmw8.cmpxchg_u offset=8 (local.get 0) (local.get 1) (local.get 2)))
  (func (export "i32.rmw16.cmpxchg_u") (param i32 i32 i32) (result i32)
    (call $reset) (i32.atomic.rmw16.cmpxchg_u offset=8 (local.get 0) (local.get 1) (local.get 2)))
  (func (export "i64.rmw8.cmpxchg_u") (param i32 i64 i64) (result i64)
    (call $reset) (i64.atomic.rmw8.cmpxchg_u offset=8 (local.get 0) (local.get 1) (local.get 2)))
  (func (export "i64.rmw16.cmpxchg_u") (param i32 i64 i64) (result i64)
    (call $reset) (i64.atomic.rmw16.cmpxchg_u offset=8 (local.get 0) (local.get 1) (local.get 2)))
  (func (export "i64.rmw32.cmpxchg_u") (param i32 i64 i64) (result i64)
    (call $reset) (i64.atomic.rmw32.cmpxchg_u offset=8 (local.get 0) (local.get 1) (local.get 2)))
)

(assert_return (invoke "i32.rmw.cmpxchg" (i32.const 12) (i32.const 0xffeeddcc) (i32.const 0x12345678)) (i32.const 0xffeeddcc))
(assert_return (invoke "word" (i32.const 16)) (i64.const 0x12345678bbaa9988))
(assert_return (invoke "i32.rmw.cmpxchg" (i32.const 12) (i32.const 0xffeeddcc) (i32.const 0)) (i32.const 0xffeeddcc))
(assert_return (invoke "word" (i32.const 16)) (i64.const 0xbbaa9988))

(assert_return (invoke "i64.rmw.cmpxchg" (i32.const 8) (i64.const 0xffeeddccbbaa9988) (i64.const 0x123456789abcdef1)) (i64.const 0xffeeddccbbaa9988))
(assert_return (invoke "word" (i32.const 16)) (i64.const 0x123456789abcdef1))
(assert_return (invoke "i64.rmw.cmpxchg" (i32.const 8) (i64.const 0xffeeddccbbaa9988) (i64.const 0)) (i64.const 0xffeeddccbbaa9988))
(assert_return (invoke "word" (i32.const 16)) (i64.const 0))

(assert_return (invoke "i32.rmw8.cmpxchg_u" (i32.const 11) (i32.const 0xbb) (i32.const 0x78)) (i32.const 0xbb))
(assert_return (invoke "word" (i32.const 16)) (i64.const 0xffeeddcc78aa9988))
(assert_return (invoke "i32.rmw8.cmpxchg_u" (i32.const 11) (i32.const 0xbb) (i32.const 0)) (i32.const 0xbb))
(assert_return (invoke "word" (i32.const 16)) (i64.const 0xffeeddcc00aa9988))

(assert_return (invoke "i32.rmw16.cmpxchg_u" (i32.const 10) (i32.const 0xbbaa) (i32.const 0x5678)) (i32.const 0xbbaa))
(assert_return (invoke "word" (i32.const 16)) (i64.const 0xffeeddcc56789988))
(assert_return (invoke "i32.rmw16.cmpxchg_u" (i32.const 10) (i32.const 0xbbaa) (i32.const 0)) (i32.const 0xbbaa))
(assert_return (invoke "word" (i32.const 16)) (i64.const 0xffeeddcc00009988))

(assert_return (invoke "i64.rmw8.cmpxchg_u" (i32.const 14) (i64.const 0xee) (i64.const 0xf1)) (i64.const 0xee))
(assert_return (invoke "word" (i32.const 16)) (i64.const 0xfff1ddccbbaa9988))
(assert_return (invoke "i64.rmw8.cmpxchg_u" (i32.const 14) (i64.const 0xee) (i64.const 0)) (i64.const 0xee))
(assert_return (invoke "word" (i32.const 16)) (i64.const 0xff00ddccbbaa9988))

(assert_return (invoke "i64.rmw16.cmpxchg_u" (i32.const 12) (i64.const 0xddcc) (i64.const 0xdef1)) (i64.const 0xddcc))
(assert_return (invoke "word" (i32.const 16)) (i64.const 0xffeedef1bbaa9988))
(assert_return (invoke "i64.rmw16.cmpxchg_u" (i32.const 12) (i64.const 0xddcc) (i64.const 0)) (i64.const 0xddcc))
(assert_return (invoke "word" (i32.const 16)) (i64.const 0xffee0000bbaa9988))

(assert_return (invoke "i64.rmw32.cmpxchg_u" (i32.const 8) (i64.const 0xbbaa9988) (i64.const 0x9abcdef1)) (i64.const 0xbbaa9988))
(assert_return (invoke "word" (i32.const 16)) (i64.const 0xffeeddcc9abcdef1))
(assert_return (invoke "i64.rmw32.cmpxchg_u" (i32.const 8) (i64.const 0xbbaa9988) (i64.const 0)) (i64.const 0xbbaa9988))
(assert_return (invoke "word" (i32.const 16)) (i64.const 0xffeeddcc00000000))

;; The words beside have stayed zero all the time.
(assert_return (invoke "word" (i32.const 8)) (i64.const 0))
(assert_return (invoke "word" (i32.const 24)) (i64.const 0))
