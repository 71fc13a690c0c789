;; title:    a cmpxchg of a narrow cell takes the low bits of its operands
;; spec:     exec-atomic.rmwn.cmpxchg
;; features: threads
;; threads:  1
;; why:      walrus #344, design #1019

;; The proposal once compared all bits of the expected value; then the first two of each four fail to store.
;; Every function sets the sixteen bytes at 16 first, and returns them behind its result.
;; Written by tools/generate.
(module
  (memory 1 1 shared)
  (func $reset
    (i64.store (i32.const 16) (i64.const 0x8877665544332211))
    (i64.store (i32.const 24) (i64.const 0xf0ffeeddccbbaa99)))
  (func $cells (export "cells") (result i64 i64) (i64.load (i32.const 16)) (i64.load (i32.const 24)))
  (func (export "i32.rmw8.cmpxchg_u") (param i32 i32 i32) (result i32 i64 i64)
    (call $reset) (i32.atomic.rmw8.cmpxchg_u (local.get 0) (local.get 1) (local.get 2)) (call $cells))
  (func (export "i32.rmw16.cmpxchg_u") (param i32 i32 i32) (result i32 i64 i64)
    (call $reset) (i32.atomic.rmw16.cmpxchg_u (local.get 0) (local.get 1) (local.get 2)) (call $cells))
  (func (export "i64.rmw8.cmpxchg_u") (param i32 i64 i64) (result i64 i64 i64)
    (call $reset) (i64.atomic.rmw8.cmpxchg_u (local.get 0) (local.get 1) (local.get 2)) (call $cells))
  (func (export "i64.rmw16.cmpxchg_u") (param i32 i64 i64) (result i64 i64 i64)
    (call $reset) (i64.atomic.rmw16.cmpxchg_u (local.get 0) (local.get 1) (local.get 2)) (call $cells))
  (func (export "i64.rmw32.cmpxchg_u") (param i32 i64 i64) (result i64 i64 i64)
    (call $reset) (i64.atomic.rmw32.cmpxchg_u (local.get 0) (local.get 1) (local.get 2)) (call $cells))
)

(assert_return (invoke "i32.rmw8.cmpxchg_u" (i32.const 23) (i32.const 0xffffff88) (i32.const 1))
  (i32.const 0x88) (i64.const 0x177665544332211) (i64.const 0xf0ffeeddccbbaa99))
(assert_return (invoke "i32.rmw8.cmpxchg_u" (i32.const 23) (i32.const 0x188) (i32.const 0xffffff01))
  (i32.const 0x88) (i64.const 0x177665544332211) (i64.const 0xf0ffeeddccbbaa99))
(assert_return (invoke "i32.rmw8.cmpxchg_u" (i32.const 23) (i32.const 0x88) (i32.const 0x100))
  (i32.const 0x88) (i64.const 0x77665544332211) (i64.const 0xf0ffeeddccbbaa99))
(assert_return (invoke "i32.rmw8.cmpxchg_u" (i32.const 23) (i32.const 0xffffff89) (i32.const 1))
  (i32.const 0x88) (i64.const 0x8877665544332211) (i64.const 0xf0ffeeddccbbaa99))

(assert_return (invoke "i32.rmw16.cmpxchg_u" (i32.const 22) (i32.const 0xffff8877) (i32.const 1))
  (i32.const 0x8877) (i64.const 0x1665544332211) (i64.const 0xf0ffeeddccbbaa99))
(assert_return (invoke "i32.rmw16.cmpxchg_u" (i32.const 22) (i32.const 0x18877) (i32.const 0xffff0001))
  (i32.const 0x8877) (i64.const 0x1665544332211) (i64.const 0xf0ffeeddccbbaa99))
(assert_return (invoke "i32.rmw16.cmpxchg_u" (i32.const 22) (i32.const 0x8877) (i32.const 0x10000))
  (i32.const 0x8877) (i64.const 0x665544332211) (i64.const 0xf0ffeeddccbbaa99))
(assert_return (invoke "i32.rmw16.cmpxchg_u" (i32.const 22) (i32.const 0xffff8876) (i32.const 1))
  (i32.const 0x8877) (i64.const 0x8877665544332211) (i64.const 0xf0ffeeddccbbaa99))

(assert_return (invoke "i64.rmw8.cmpxchg_u" (i32.const 23) (i64.const 0xffffffffffffff88) (i64.const 1))
  (i64.const 0x88) (i64.const 0x177665544332211) (i64.const 0xf0ffeeddccbbaa99))
(assert_return (invoke "i64.rmw8.cmpxchg_u" (i32.const 23) (i64.const 0x188) (i64.const 0xffffffffffffff01))
  (i64.const 0x88) (i64.const 0x177665544332211) (i64.const 0xf0ffeeddccbbaa99))
(assert_return (invoke "i64.rmw8.cmpxchg_u" (i32.const 23) (i64.const 0x88) (i64.const 0x100))
  (i64.const 0x88) (i64.const 0x77665544332211) (i64.const 0xf0ffeeddccbbaa99))
(assert_return (invoke "i64.rmw8.cmpxchg_u" (i32.const 23) (i64.const 0xffffffffffffff89) (i64.const 1))
  (i64.const 0x88) (i64.const 0x8877665544332211) (i64.const 0xf0ffeeddccbbaa99))

(assert_return (invoke "i64.rmw16.cmpxchg_u" (i32.const 22) (i64.const 0xffffffffffff8877) (i64.const 1))
  (i64.const 0x8877) (i64.const 0x1665544332211) (i64.const 0xf0ffeeddccbbaa99))
(assert_return (invoke "i64.rmw16.cmpxchg_u" (i32.const 22) (i64.const 0x18877) (i64.const 0xffffffffffff0001))
  (i64.const 0x8877) (i64.const 0x1665544332211) (i64.const 0xf0ffeeddccbbaa99))
(assert_return (invoke "i64.rmw16.cmpxchg_u" (i32.const 22) (i64.const 0x8877) (i64.const 0x10000))
  (i64.const 0x8877) (i64.const 0x665544332211) (i64.const 0xf0ffeeddccbbaa99))
(assert_return (invoke "i64.rmw16.cmpxchg_u" (i32.const 22) (i64.const 0xffffffffffff8876) (i64.const 1))
  (i64.const 0x8877) (i64.const 0x8877665544332211) (i64.const 0xf0ffeeddccbbaa99))

(assert_return (invoke "i64.rmw32.cmpxchg_u" (i32.const 20) (i64.const 0xffffffff88776655) (i64.const 1))
  (i64.const 0x88776655) (i64.const 0x144332211) (i64.const 0xf0ffeeddccbbaa99))
(assert_return (invoke "i64.rmw32.cmpxchg_u" (i32.const 20) (i64.const 0x188776655) (i64.const 0xffffffff00000001))
  (i64.const 0x88776655) (i64.const 0x144332211) (i64.const 0xf0ffeeddccbbaa99))
(assert_return (invoke "i64.rmw32.cmpxchg_u" (i32.const 20) (i64.const 0x88776655) (i64.const 0x100000000))
  (i64.const 0x88776655) (i64.const 0x44332211) (i64.const 0xf0ffeeddccbbaa99))
(assert_return (invoke "i64.rmw32.cmpxchg_u" (i32.const 20) (i64.const 0xffffffff88776654) (i64.const 1))
  (i64.const 0x88776655) (i64.const 0x8877665544332211) (i64.const 0xf0ffeeddccbbaa99))
