;; title:    a cmpxchg at a misaligned address traps and changes no byte
;; spec:     exec-instr-atomic-memory
;; features: threads
;; threads:  1
;; why:      wasmtime #5483, wasmtime #5882, wasmtime #10982, wasmtime #8216

;; Every misalignment of each width; a machine's own trap would end the process.
;; Written by tools/generate.
(module
  (memory 1 1 shared)
  (data (i32.const 16) "\11\22\33\44\55\66\77\88\99\aa\bb\cc\dd\ee\ff\f0")
  (func $cells (export "cells") (result i64 i64) (i64.load (i32.const 16)) (i64.load (i32.const 24)))
  (func (export "i32.rmw.cmpxchg") (param i32 i32 i32) (result i32)
    (i32.atomic.rmw.cmpxchg (local.get 0) (local.get 1) (local.get 2)))
  (func (export "i64.rmw.cmpxchg") (param i32 i64 i64) (result i64)
    (i64.atomic.rmw.cmpxchg (local.get 0) (local.get 1) (local.get 2)))
  (func (export "i32.rmw16.cmpxchg_u") (param i32 i32 i32) (result i32)
    (i32.atomic.rmw16.cmpxchg_u (local.get 0) (local.get 1) (local.get 2)))
  (func (export "i64.rmw16.cmpxchg_u") (param i32 i64 i64) (result i64)
    (i64.atomic.rmw16.cmpxchg_u (local.get 0) (local.get 1) (local.get 2)))
  (func (export "i64.rmw32.cmpxchg_u") (param i32 i64 i64) (result i64)
    (i64.atomic.rmw32.cmpxchg_u (local.get 0) (local.get 1) (local.get 2)))
)

(assert_trap (invoke "i32.rmw.cmpxchg" (i32.const 17) (i32.const 0x55443322) (i32.const 0xa5c3e178)) "unaligned atomic")
(assert_trap (invoke "i32.rmw.cmpxchg" (i32.const 18) (i32.const 0x66554433) (i32.const 0xa5c3e178)) "unaligned atomic")
(assert_trap (invoke "i32.rmw.cmpxchg" (i32.const 19) (i32.const 0x77665544) (i32.const 0xa5c3e178)) "unaligned atomic")
(assert_return (invoke "cells") (i64.const 0x8877665544332211) (i64.const 0xf0ffeeddccbbaa99))

(assert_trap (invoke "i64.rmw.cmpxchg" (i32.const 17) (i64.const 0x9988776655443322) (i64.const 0x87a5c3e1f00db1d7)) "unaligned atomic")
(assert_trap (invoke "i64.rmw.cmpxchg" (i32.const 18) (i64.const 0xaa99887766554433) (i64.const 0x87a5c3e1f00db1d7)) "unaligned atomic")
(assert_trap (invoke "i64.rmw.cmpxchg" (i32.const 19) (i64.const 0xbbaa998877665544) (i64.const 0x87a5c3e1f00db1d7)) "unaligned atomic")
(assert_trap (invoke "i64.rmw.cmpxchg" (i32.const 20) (i64.const 0xccbbaa9988776655) (i64.const 0x87a5c3e1f00db1d7)) "unaligned atomic")
(assert_trap (invoke "i64.rmw.cmpxchg" (i32.const 21) (i64.const 0xddccbbaa99887766) (i64.const 0x87a5c3e1f00db1d7)) "unaligned atomic")
(assert_trap (invoke "i64.rmw.cmpxchg" (i32.const 22) (i64.const 0xeeddccbbaa998877) (i64.const 0x87a5c3e1f00db1d7)) "unaligned atomic")
(assert_trap (invoke "i64.rmw.cmpxchg" (i32.const 23) (i64.const 0xffeeddccbbaa9988) (i64.const 0x87a5c3e1f00db1d7)) "unaligned atomic")
(assert_return (invoke "cells") (i64.const 0x8877665544332211) (i64.const 0xf0ffeeddccbbaa99))

(assert_trap (invoke "i32.rmw16.cmpxchg_u" (i32.const 17) (i32.const 0x3322) (i32.const 0xa5c3e178)) "unaligned atomic")
(assert_return (invoke "cells") (i64.const 0x8877665544332211) (i64.const 0xf0ffeeddccbbaa99))

(assert_trap (invoke "i64.rmw16.cmpxchg_u" (i32.const 17) (i64.const 0x3322) (i64.const 0x87a5c3e1f00db1d7)) "unaligned atomic")
(assert_return (invoke "cells") (i64.const 0x8877665544332211) (i64.const 0xf0ffeeddccbbaa99))

(assert_trap (invoke "i64.rmw32.cmpxchg_u" (i32.const 17) (i64.const 0x55443322) (i64.const 0x87a5c3e1f00db1d7)) "unaligned atomic")
(assert_trap (invoke "i64.rmw32.cmpxchg_u" (i32.const 18) (i64.const 0x66554433) (i64.const 0x87a5c3e1f00db1d7)) "unaligned atomic")
(assert_trap (invoke "i64.rmw32.cmpxchg_u" (i32.const 19) (i64.const 0x77665544) (i64.const 0x87a5c3e1f00db1d7)) "unaligned atomic")
(assert_return (invoke "cells") (i64.const 0x8877665544332211) (i64.const 0xf0ffeeddccbbaa99))
