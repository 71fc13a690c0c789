;; title:    cmpxchg on every part of a word changes that part only
;; spec:     exec-atomic.rmwn.cmpxchg
;; features: threads
;; threads:  1
;; why:      wasmtime #5884, wasmtime #5919

;; Each function sets the word at 0 to 0xffeeddcc_bbaa9988, stores a new value over the expected one at the address given,
;; and returns the word.
(module
  (memory 1 1 shared)
  (func $reset (i64.store (i32.const 0) (i64.const 0xffeeddccbbaa9988)))
  (func (export "i32.rmw.cmpxchg") (param i32 i32) (result i64)
    (call $reset) (drop (i32.atomic.rmw.cmpxchg (local.get 0) (local.get 1) (i32.const 0xa5c3e178)))
    (i64.load (i32.const 0)))
  (func (export "i64.rmw.cmpxchg") (param i32 i64) (result i64)
    (call $reset) (drop (i64.atomic.rmw.cmpxchg (local.get 0) (local.get 1) (i64.const 0x87a5c3e1f00db1d7)))
    (i64.load (i32.const 0)))
  (func (export "i32.rmw8.cmpxchg_u") (param i32 i32) (result i64)
    (call $reset) (drop (i32.atomic.rmw8.cmpxchg_u (local.get 0) (local.get 1) (i32.const 0xa5c3e178)))
    (i64.load (i32.const 0)))
  (func (export "i32.rmw16.cmpxchg_u") (param i32 i32) (result i64)
    (call $reset) (drop (i32.atomic.rmw16.cmpxchg_u (local.get 0) (local.get 1) (i32.const 0xa5c3e178)))
    (i64.load (i32.const 0)))
  (func (export "i64.rmw8.cmpxchg_u") (param i32 i64) (result i64)
    (call $reset) (drop (i64.atomic.rmw8.cmpxchg_u (local.get 0) (local.get 1) (i64.const 0x87a5c3e1f00db1d7)))
    (i64.load (i32.const 0)))
  (func (export "i64.rmw16.cmpxchg_u") (param i32 i64) (result i64)
    (call $reset) (drop (i64.atomic.rmw16.cmpxchg_u (local.get 0) (local.get 1) (i64.const 0x87a5c3e1f00db1d7)))
    (i64.load (i32.const 0)))
  (func (export "i64.rmw32.cmpxchg_u") (param i32 i64) (result i64)
    (call $reset) (drop (i64.atomic.rmw32.cmpxchg_u (local.get 0) (local.get 1) (i64.const 0x87a5c3e1f00db1d7)))
    (i64.load (i32.const 0)))
)

(assert_return (invoke "i32.rmw.cmpxchg" (i32.const 0) (i32.const 0xbbaa9988)) (i64.const 0xffeeddcca5c3e178))
(assert_return (invoke "i32.rmw.cmpxchg" (i32.const 4) (i32.const 0xffeeddcc)) (i64.const 0xa5c3e178bbaa9988))

(assert_return (invoke "i64.rmw.cmpxchg" (i32.const 0) (i64.const 0xffeeddccbbaa9988)) (i64.const 0x87a5c3e1f00db1d7))

(assert_return (invoke "i32.rmw8.cmpxchg_u" (i32.const 0) (i32.const 0x88)) (i64.const 0xffeeddccbbaa9978))
(assert_return (invoke "i32.rmw8.cmpxchg_u" (i32.const 1) (i32.const 0x99)) (i64.const 0xffeeddccbbaa7888))
(assert_return (invoke "i32.rmw8.cmpxchg_u" (i32.const 2) (i32.const 0xaa)) (i64.const 0xffeeddccbb789988))
(assert_return (invoke "i32.rmw8.cmpxchg_u" (i32.const 3) (i32.const 0xbb)) (i64.const 0xffeeddcc78aa9988))
(assert_return (invoke "i32.rmw8.cmpxchg_u" (i32.const 4) (i32.const 0xcc)) (i64.const 0xffeedd78bbaa9988))
(assert_return (invoke "i32.rmw8.cmpxchg_u" (i32.const 5) (i32.const 0xdd)) (i64.const 0xffee78ccbbaa9988))
(assert_return (invoke "i32.rmw8.cmpxchg_u" (i32.const 6) (i32.const 0xee)) (i64.const 0xff78ddccbbaa9988))
(assert_return (invoke "i32.rmw8.cmpxchg_u" (i32.const 7) (i32.const 0xff)) (i64.const 0x78eeddccbbaa9988))

(assert_return (invoke "i32.rmw16.cmpxchg_u" (i32.const 0) (i32.const 0x9988)) (i64.const 0xffeeddccbbaae178))
(assert_return (invoke "i32.rmw16.cmpxchg_u" (i32.const 2) (i32.const 0xbbaa)) (i64.const 0xffeeddcce1789988))
(assert_return (invoke "i32.rmw16.cmpxchg_u" (i32.const 4) (i32.const 0xddcc)) (i64.const 0xffeee178bbaa9988))
(assert_return (invoke "i32.rmw16.cmpxchg_u" (i32.const 6) (i32.const 0xffee)) (i64.const 0xe178ddccbbaa9988))

(assert_return (invoke "i64.rmw8.cmpxchg_u" (i32.const 0) (i64.const 0x88)) (i64.const 0xffeeddccbbaa99d7))
(assert_return (invoke "i64.rmw8.cmpxchg_u" (i32.const 1) (i64.const 0x99)) (i64.const 0xffeeddccbbaad788))
(assert_return (invoke "i64.rmw8.cmpxchg_u" (i32.const 2) (i64.const 0xaa)) (i64.const 0xffeeddccbbd79988))
(assert_return (invoke "i64.rmw8.cmpxchg_u" (i32.const 3) (i64.const 0xbb)) (i64.const 0xffeeddccd7aa9988))
(assert_return (invoke "i64.rmw8.cmpxchg_u" (i32.const 4) (i64.const 0xcc)) (i64.const 0xffeeddd7bbaa9988))
(assert_return (invoke "i64.rmw8.cmpxchg_u" (i32.const 5) (i64.const 0xdd)) (i64.const 0xffeed7ccbbaa9988))
(assert_return (invoke "i64.rmw8.cmpxchg_u" (i32.const 6) (i64.const 0xee)) (i64.const 0xffd7ddccbbaa9988))
(assert_return (invoke "i64.rmw8.cmpxchg_u" (i32.const 7) (i64.const 0xff)) (i64.const 0xd7eeddccbbaa9988))

(assert_return (invoke "i64.rmw16.cmpxchg_u" (i32.const 0) (i64.const 0x9988)) (i64.const 0xffeeddccbbaab1d7))
(assert_return (invoke "i64.rmw16.cmpxchg_u" (i32.const 2) (i64.const 0xbbaa)) (i64.const 0xffeeddccb1d79988))
(assert_return (invoke "i64.rmw16.cmpxchg_u" (i32.const 4) (i64.const 0xddcc)) (i64.const 0xffeeb1d7bbaa9988))
(assert_return (invoke "i64.rmw16.cmpxchg_u" (i32.const 6) (i64.const 0xffee)) (i64.const 0xb1d7ddccbbaa9988))

(assert_return (invoke "i64.rmw32.cmpxchg_u" (i32.const 0) (i64.const 0xbbaa9988)) (i64.const 0xffeeddccf00db1d7))
(assert_return (invoke "i64.rmw32.cmpxchg_u" (i32.const 4) (i64.const 0xffeeddcc)) (i64.const 0xf00db1d7bbaa9988))
