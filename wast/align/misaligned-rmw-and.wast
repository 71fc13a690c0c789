;; title:    an rmw.and at a misaligned address traps and changes no byte
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
  (func (export "i32.rmw.and") (param i32) (result i32) (i32.atomic.rmw.and (local.get 0) (i32.const 0xa5c3e178)))
  (func (export "i64.rmw.and") (param i32) (result i64)
    (i64.atomic.rmw.and (local.get 0) (i64.const 0x87a5c3e1f00db1d7)))
  (func (export "i32.rmw16.and_u") (param i32) (result i32)
    (i32.atomic.rmw16.and_u (local.get 0) (i32.const 0xa5c3e178)))
  (func (export "i64.rmw16.and_u") (param i32) (result i64)
    (i64.atomic.rmw16.and_u (local.get 0) (i64.const 0x87a5c3e1f00db1d7)))
  (func (export "i64.rmw32.and_u") (param i32) (result i64)
    (i64.atomic.rmw32.and_u (local.get 0) (i64.const 0x87a5c3e1f00db1d7)))
)

(assert_trap (invoke "i32.rmw.and" (i32.const 17)) "unaligned atomic")
(assert_trap (invoke "i32.rmw.and" (i32.const 18)) "unaligned atomic")
(assert_trap (invoke "i32.rmw.and" (i32.const 19)) "unaligned atomic")
(assert_return (invoke "cells") (i64.const 0x8877665544332211) (i64.const 0xf0ffeeddccbbaa99))

(assert_trap (invoke "i64.rmw.and" (i32.const 17)) "unaligned atomic")
(assert_trap (invoke "i64.rmw.and" (i32.const 18)) "unaligned atomic")
(assert_trap (invoke "i64.rmw.and" (i32.const 19)) "unaligned atomic")
(assert_trap (invoke "i64.rmw.and" (i32.const 20)) "unaligned atomic")
(assert_trap (invoke "i64.rmw.and" (i32.const 21)) "unaligned atomic")
(assert_trap (invoke "i64.rmw.and" (i32.const 22)) "unaligned atomic")
(assert_trap (invoke "i64.rmw.and" (i32.const 23)) "unaligned atomic")
(assert_return (invoke "cells") (i64.const 0x8877665544332211) (i64.const 0xf0ffeeddccbbaa99))

(assert_trap (invoke "i32.rmw16.and_u" (i32.const 17)) "unaligned atomic")
(assert_return (invoke "cells") (i64.const 0x8877665544332211) (i64.const 0xf0ffeeddccbbaa99))

(assert_trap (invoke "i64.rmw16.and_u" (i32.const 17)) "unaligned atomic")
(assert_return (invoke "cells") (i64.const 0x8877665544332211) (i64.const 0xf0ffeeddccbbaa99))

(assert_trap (invoke "i64.rmw32.and_u" (i32.const 17)) "unaligned atomic")
(assert_trap (invoke "i64.rmw32.and_u" (i32.const 18)) "unaligned atomic")
(assert_trap (invoke "i64.rmw32.and_u" (i32.const 19)) "unaligned atomic")
(assert_return (invoke "cells") (i64.const 0x8877665544332211) (i64.const 0xf0ffeeddccbbaa99))
