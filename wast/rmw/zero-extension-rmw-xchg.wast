;; title:    the result of an rmw.xchg of a narrow cell is zero-extended
;; spec:     exec-atomic.rmwn
;; features: threads
;; threads:  1
;; why:      wasmtime #9990, wasmtime #5901

;; The bytes at 16 are all ones; at 24, 26 and 28 lie cells of 8, 16 and 32 bits with their sign bit alone.
;; Every function sets the sixteen bytes first, and returns them behind its result.
;; Written by tools/generate.
(module
  (memory 1 1 shared)
  (func $reset
    (i64.store (i32.const 16) (i64.const 0xffffffffffffffff))
    (i64.store (i32.const 24) (i64.const 0x8000000080007f80)))
  (func $cells (export "cells") (result i64 i64) (i64.load (i32.const 16)) (i64.load (i32.const 24)))
  (func (export "i32.rmw8.xchg_u") (param i32) (result i32 i64 i64)
    (call $reset) (i32.atomic.rmw8.xchg_u (local.get 0) (i32.const 0xa5c3e178)) (call $cells))
  (func (export "i32.rmw16.xchg_u") (param i32) (result i32 i64 i64)
    (call $reset) (i32.atomic.rmw16.xchg_u (local.get 0) (i32.const 0xa5c3e178)) (call $cells))
  (func (export "i64.rmw8.xchg_u") (param i32) (result i64 i64 i64)
    (call $reset) (i64.atomic.rmw8.xchg_u (local.get 0) (i64.const 0x87a5c3e1f00db1d7)) (call $cells))
  (func (export "i64.rmw16.xchg_u") (param i32) (result i64 i64 i64)
    (call $reset) (i64.atomic.rmw16.xchg_u (local.get 0) (i64.const 0x87a5c3e1f00db1d7)) (call $cells))
  (func (export "i64.rmw32.xchg_u") (param i32) (result i64 i64 i64)
    (call $reset) (i64.atomic.rmw32.xchg_u (local.get 0) (i64.const 0x87a5c3e1f00db1d7)) (call $cells))
)

(assert_return (invoke "i32.rmw8.xchg_u" (i32.const 16))
  (i32.const 0xff) (i64.const 0xffffffffffffff78) (i64.const 0x8000000080007f80))
(assert_return (invoke "i32.rmw8.xchg_u" (i32.const 17))
  (i32.const 0xff) (i64.const 0xffffffffffff78ff) (i64.const 0x8000000080007f80))
(assert_return (invoke "i32.rmw8.xchg_u" (i32.const 24))
  (i32.const 0x80) (i64.const 0xffffffffffffffff) (i64.const 0x8000000080007f78))

(assert_return (invoke "i32.rmw16.xchg_u" (i32.const 16))
  (i32.const 0xffff) (i64.const 0xffffffffffffe178) (i64.const 0x8000000080007f80))
(assert_return (invoke "i32.rmw16.xchg_u" (i32.const 18))
  (i32.const 0xffff) (i64.const 0xffffffffe178ffff) (i64.const 0x8000000080007f80))
(assert_return (invoke "i32.rmw16.xchg_u" (i32.const 26))
  (i32.const 0x8000) (i64.const 0xffffffffffffffff) (i64.const 0x80000000e1787f80))

(assert_return (invoke "i64.rmw8.xchg_u" (i32.const 16))
  (i64.const 0xff) (i64.const 0xffffffffffffffd7) (i64.const 0x8000000080007f80))
(assert_return (invoke "i64.rmw8.xchg_u" (i32.const 17))
  (i64.const 0xff) (i64.const 0xffffffffffffd7ff) (i64.const 0x8000000080007f80))
(assert_return (invoke "i64.rmw8.xchg_u" (i32.const 24))
  (i64.const 0x80) (i64.const 0xffffffffffffffff) (i64.const 0x8000000080007fd7))

(assert_return (invoke "i64.rmw16.xchg_u" (i32.const 16))
  (i64.const 0xffff) (i64.const 0xffffffffffffb1d7) (i64.const 0x8000000080007f80))
(assert_return (invoke "i64.rmw16.xchg_u" (i32.const 18))
  (i64.const 0xffff) (i64.const 0xffffffffb1d7ffff) (i64.const 0x8000000080007f80))
(assert_return (invoke "i64.rmw16.xchg_u" (i32.const 26))
  (i64.const 0x8000) (i64.const 0xffffffffffffffff) (i64.const 0x80000000b1d77f80))

(assert_return (invoke "i64.rmw32.xchg_u" (i32.const 16))
  (i64.const 0xffffffff) (i64.const 0xfffffffff00db1d7) (i64.const 0x8000000080007f80))
(assert_return (invoke "i64.rmw32.xchg_u" (i32.const 20))
  (i64.const 0xffffffff) (i64.const 0xf00db1d7ffffffff) (i64.const 0x8000000080007f80))
(assert_return (invoke "i64.rmw32.xchg_u" (i32.const 28))
  (i64.const 0x80000000) (i64.const 0xffffffffffffffff) (i64.const 0xf00db1d780007f80))
