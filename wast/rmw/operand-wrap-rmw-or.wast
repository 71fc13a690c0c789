;; title:    an rmw.or of a narrow cell takes the low bits of its operand
;; spec:     exec-atomic.rmwn
;; features: threads
;; threads:  1

;; Every function sets the sixteen bytes at 16 first, and returns them behind its result.
;; Written by tools/generate.
(module
  (memory 1 1 shared)
  (func $reset
    (i64.store (i32.const 16) (i64.const 0x8877665544332211))
    (i64.store (i32.const 24) (i64.const 0xf0ffeeddccbbaa99)))
  (func $cells (export "cells") (result i64 i64) (i64.load (i32.const 16)) (i64.load (i32.const 24)))
  (func (export "i32.rmw8.or_u") (param i32 i32) (result i32 i64 i64)
    (call $reset) (i32.atomic.rmw8.or_u (local.get 0) (local.get 1)) (call $cells))
  (func (export "i32.rmw16.or_u") (param i32 i32) (result i32 i64 i64)
    (call $reset) (i32.atomic.rmw16.or_u (local.get 0) (local.get 1)) (call $cells))
  (func (export "i64.rmw8.or_u") (param i32 i64) (result i64 i64 i64)
    (call $reset) (i64.atomic.rmw8.or_u (local.get 0) (local.get 1)) (call $cells))
  (func (export "i64.rmw16.or_u") (param i32 i64) (result i64 i64 i64)
    (call $reset) (i64.atomic.rmw16.or_u (local.get 0) (local.get 1)) (call $cells))
  (func (export "i64.rmw32.or_u") (param i32 i64) (result i64 i64 i64)
    (call $reset) (i64.atomic.rmw32.or_u (local.get 0) (local.get 1)) (call $cells))
)

(assert_return (invoke "i32.rmw8.or_u" (i32.const 23) (i32.const 0xffffffff))
  (i32.const 0x88) (i64.const 0xff77665544332211) (i64.const 0xf0ffeeddccbbaa99))
(assert_return (invoke "i32.rmw8.or_u" (i32.const 23) (i32.const 0xffffff00))
  (i32.const 0x88) (i64.const 0x8877665544332211) (i64.const 0xf0ffeeddccbbaa99))
(assert_return (invoke "i32.rmw8.or_u" (i32.const 23) (i32.const 0x101))
  (i32.const 0x88) (i64.const 0x8977665544332211) (i64.const 0xf0ffeeddccbbaa99))

(assert_return (invoke "i32.rmw16.or_u" (i32.const 22) (i32.const 0xffffffff))
  (i32.const 0x8877) (i64.const 0xffff665544332211) (i64.const 0xf0ffeeddccbbaa99))
(assert_return (invoke "i32.rmw16.or_u" (i32.const 22) (i32.const 0xffff0000))
  (i32.const 0x8877) (i64.const 0x8877665544332211) (i64.const 0xf0ffeeddccbbaa99))
(assert_return (invoke "i32.rmw16.or_u" (i32.const 22) (i32.const 0x10001))
  (i32.const 0x8877) (i64.const 0x8877665544332211) (i64.const 0xf0ffeeddccbbaa99))

(assert_return (invoke "i64.rmw8.or_u" (i32.const 23) (i64.const 0xffffffffffffffff))
  (i64.const 0x88) (i64.const 0xff77665544332211) (i64.const 0xf0ffeeddccbbaa99))
(assert_return (invoke "i64.rmw8.or_u" (i32.const 23) (i64.const 0xffffffffffffff00))
  (i64.const 0x88) (i64.const 0x8877665544332211) (i64.const 0xf0ffeeddccbbaa99))
(assert_return (invoke "i64.rmw8.or_u" (i32.const 23) (i64.const 0x101))
  (i64.const 0x88) (i64.const 0x8977665544332211) (i64.const 0xf0ffeeddccbbaa99))

(assert_return (invoke "i64.rmw16.or_u" (i32.const 22) (i64.const 0xffffffffffffffff))
  (i64.const 0x8877) (i64.const 0xffff665544332211) (i64.const 0xf0ffeeddccbbaa99))
(assert_return (invoke "i64.rmw16.or_u" (i32.const 22) (i64.const 0xffffffffffff0000))
  (i64.const 0x8877) (i64.const 0x8877665544332211) (i64.const 0xf0ffeeddccbbaa99))
(assert_return (invoke "i64.rmw16.or_u" (i32.const 22) (i64.const 0x10001))
  (i64.const 0x8877) (i64.const 0x8877665544332211) (i64.const 0xf0ffeeddccbbaa99))

(assert_return (invoke "i64.rmw32.or_u" (i32.const 20) (i64.const 0xffffffffffffffff))
  (i64.const 0x88776655) (i64.const 0xffffffff44332211) (i64.const 0xf0ffeeddccbbaa99))
(assert_return (invoke "i64.rmw32.or_u" (i32.const 20) (i64.const 0xffffffff00000000))
  (i64.const 0x88776655) (i64.const 0x8877665544332211) (i64.const 0xf0ffeeddccbbaa99))
(assert_return (invoke "i64.rmw32.or_u" (i32.const 20) (i64.const 0x100000001))
  (i64.const 0x88776655) (i64.const 0x8877665544332211) (i64.const 0xf0ffeeddccbbaa99))
