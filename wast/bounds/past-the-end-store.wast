;; title:    an atomic store past the end of the memory, or across it, traps and changes no byte
;; spec:     exec-memarg
;; features: threads
;; threads:  1
;; why:      wasmtime #8216

;; The first byte past the end is at 65536. An access across the end is misaligned as well: which of the two the trap
;; names is open, so the message is left out.
;; Written by tools/generate.
(module
  (memory 1 1 shared)
  (data (i32.const 65520) "\11\22\33\44\55\66\77\88\99\aa\bb\cc\dd\ee\ff\f0")
  (func $cells (export "cells") (result i64 i64) (i64.load (i32.const 65520)) (i64.load (i32.const 65528)))
  (func (export "i32.store") (param i32) (i32.atomic.store (local.get 0) (i32.const 0xa5c3e178)))
  (func (export "i32.store offset=16") (param i32) (i32.atomic.store offset=16 (local.get 0) (i32.const 0xa5c3e178)))
  (func (export "i64.store") (param i32) (i64.atomic.store (local.get 0) (i64.const 0x87a5c3e1f00db1d7)))
  (func (export "i64.store offset=16") (param i32)
    (i64.atomic.store offset=16 (local.get 0) (i64.const 0x87a5c3e1f00db1d7)))
  (func (export "i32.store8") (param i32) (i32.atomic.store8 (local.get 0) (i32.const 0xa5c3e178)))
  (func (export "i32.store8 offset=16") (param i32) (i32.atomic.store8 offset=16 (local.get 0) (i32.const 0xa5c3e178)))
  (func (export "i32.store16") (param i32) (i32.atomic.store16 (local.get 0) (i32.const 0xa5c3e178)))
  (func (export "i32.store16 offset=16") (param i32)
    (i32.atomic.store16 offset=16 (local.get 0) (i32.const 0xa5c3e178)))
  (func (export "i64.store8") (param i32) (i64.atomic.store8 (local.get 0) (i64.const 0x87a5c3e1f00db1d7)))
  (func (export "i64.store8 offset=16") (param i32)
    (i64.atomic.store8 offset=16 (local.get 0) (i64.const 0x87a5c3e1f00db1d7)))
  (func (export "i64.store16") (param i32) (i64.atomic.store16 (local.get 0) (i64.const 0x87a5c3e1f00db1d7)))
  (func (export "i64.store16 offset=16") (param i32)
    (i64.atomic.store16 offset=16 (local.get 0) (i64.const 0x87a5c3e1f00db1d7)))
  (func (export "i64.store32") (param i32) (i64.atomic.store32 (local.get 0) (i64.const 0x87a5c3e1f00db1d7)))
  (func (export "i64.store32 offset=16") (param i32)
    (i64.atomic.store32 offset=16 (local.get 0) (i64.const 0x87a5c3e1f00db1d7)))
)

(assert_trap (invoke "i32.store" (i32.const 65536)) "out of bounds memory access")
(assert_trap (invoke "i32.store" (i32.const 0x80000000)) "out of bounds memory access")
(assert_trap (invoke "i32.store" (i32.const 0xfffffffc)) "out of bounds memory access")
(assert_trap (invoke "i32.store offset=16" (i32.const 65520)) "out of bounds memory access")
(assert_trap (invoke "i32.store" (i32.const 65533)) "")
(assert_trap (invoke "i32.store" (i32.const 65535)) "")
(assert_trap (invoke "i32.store offset=16" (i32.const 65519)) "")
(assert_return (invoke "cells") (i64.const 0x8877665544332211) (i64.const 0xf0ffeeddccbbaa99))

(assert_trap (invoke "i64.store" (i32.const 65536)) "out of bounds memory access")
(assert_trap (invoke "i64.store" (i32.const 0x80000000)) "out of bounds memory access")
(assert_trap (invoke "i64.store" (i32.const 0xfffffff8)) "out of bounds memory access")
(assert_trap (invoke "i64.store offset=16" (i32.const 65520)) "out of bounds memory access")
(assert_trap (invoke "i64.store" (i32.const 65529)) "")
(assert_trap (invoke "i64.store" (i32.const 65535)) "")
(assert_trap (invoke "i64.store offset=16" (i32.const 65519)) "")
(assert_return (invoke "cells") (i64.const 0x8877665544332211) (i64.const 0xf0ffeeddccbbaa99))

(assert_trap (invoke "i32.store8" (i32.const 65536)) "out of bounds memory access")
(assert_trap (invoke "i32.store8" (i32.const 0x80000000)) "out of bounds memory access")
(assert_trap (invoke "i32.store8" (i32.const 0xffffffff)) "out of bounds memory access")
(assert_trap (invoke "i32.store8 offset=16" (i32.const 65520)) "out of bounds memory access")
(assert_return (invoke "cells") (i64.const 0x8877665544332211) (i64.const 0xf0ffeeddccbbaa99))

(assert_trap (invoke "i32.store16" (i32.const 65536)) "out of bounds memory access")
(assert_trap (invoke "i32.store16" (i32.const 0x80000000)) "out of bounds memory access")
(assert_trap (invoke "i32.store16" (i32.const 0xfffffffe)) "out of bounds memory access")
(assert_trap (invoke "i32.store16 offset=16" (i32.const 65520)) "out of bounds memory access")
(assert_trap (invoke "i32.store16" (i32.const 65535)) "")
(assert_trap (invoke "i32.store16 offset=16" (i32.const 65519)) "")
(assert_return (invoke "cells") (i64.const 0x8877665544332211) (i64.const 0xf0ffeeddccbbaa99))

(assert_trap (invoke "i64.store8" (i32.const 65536)) "out of bounds memory access")
(assert_trap (invoke "i64.store8" (i32.const 0x80000000)) "out of bounds memory access")
(assert_trap (invoke "i64.store8" (i32.const 0xffffffff)) "out of bounds memory access")
(assert_trap (invoke "i64.store8 offset=16" (i32.const 65520)) "out of bounds memory access")
(assert_return (invoke "cells") (i64.const 0x8877665544332211) (i64.const 0xf0ffeeddccbbaa99))

(assert_trap (invoke "i64.store16" (i32.const 65536)) "out of bounds memory access")
(assert_trap (invoke "i64.store16" (i32.const 0x80000000)) "out of bounds memory access")
(assert_trap (invoke "i64.store16" (i32.const 0xfffffffe)) "out of bounds memory access")
(assert_trap (invoke "i64.store16 offset=16" (i32.const 65520)) "out of bounds memory access")
(assert_trap (invoke "i64.store16" (i32.const 65535)) "")
(assert_trap (invoke "i64.store16 offset=16" (i32.const 65519)) "")
(assert_return (invoke "cells") (i64.const 0x8877665544332211) (i64.const 0xf0ffeeddccbbaa99))

(assert_trap (invoke "i64.store32" (i32.const 65536)) "out of bounds memory access")
(assert_trap (invoke "i64.store32" (i32.const 0x80000000)) "out of bounds memory access")
(assert_trap (invoke "i64.store32" (i32.const 0xfffffffc)) "out of bounds memory access")
(assert_trap (invoke "i64.store32 offset=16" (i32.const 65520)) "out of bounds memory access")
(assert_trap (invoke "i64.store32" (i32.const 65533)) "")
(assert_trap (invoke "i64.store32" (i32.const 65535)) "")
(assert_trap (invoke "i64.store32 offset=16" (i32.const 65519)) "")
(assert_return (invoke "cells") (i64.const 0x8877665544332211) (i64.const 0xf0ffeeddccbbaa99))
