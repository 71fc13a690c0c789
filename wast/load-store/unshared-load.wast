;; title:    an atomic load behaves on unshared memory as it does on shared
;; spec:     exec-atomic.load
;; features: threads
;; threads:  1
;; why:      wabt #641, binaryen #3172, threads #117

;; Atomic accesses are valid there, and trap as elsewhere.
;; Written by tools/generate.
(module
  (memory 1 1)
  (data (i32.const 65520) "\11\22\33\44\55\66\77\88\99\aa\bb\cc\dd\ee\ff\f0")
  (func (export "i32.load") (param i32) (result i32) (i32.atomic.load (local.get 0)))
  (func (export "i32.load offset=65520") (param i32) (result i32) (i32.atomic.load offset=65520 (local.get 0)))
  (func (export "i64.load") (param i32) (result i64) (i64.atomic.load (local.get 0)))
  (func (export "i64.load offset=65520") (param i32) (result i64) (i64.atomic.load offset=65520 (local.get 0)))
  (func (export "i32.load8_u") (param i32) (result i32) (i32.atomic.load8_u (local.get 0)))
  (func (export "i32.load8_u offset=65520") (param i32) (result i32) (i32.atomic.load8_u offset=65520 (local.get 0)))
  (func (export "i32.load16_u") (param i32) (result i32) (i32.atomic.load16_u (local.get 0)))
  (func (export "i32.load16_u offset=65520") (param i32) (result i32) (i32.atomic.load16_u offset=65520 (local.get 0)))
  (func (export "i64.load8_u") (param i32) (result i64) (i64.atomic.load8_u (local.get 0)))
  (func (export "i64.load8_u offset=65520") (param i32) (result i64) (i64.atomic.load8_u offset=65520 (local.get 0)))
  (func (export "i64.load16_u") (param i32) (result i64) (i64.atomic.load16_u (local.get 0)))
  (func (export "i64.load16_u offset=65520") (param i32) (result i64) (i64.atomic.load16_u offset=65520 (local.get 0)))
  (func (export "i64.load32_u") (param i32) (result i64) (i64.atomic.load32_u (local.get 0)))
  (func (export "i64.load32_u offset=65520") (param i32) (result i64) (i64.atomic.load32_u offset=65520 (local.get 0)))
)

(assert_return (invoke "i32.load" (i32.const 65520)) (i32.const 0x44332211))
(assert_return (invoke "i32.load" (i32.const 65532)) (i32.const 0xf0ffeedd))
(assert_return (invoke "i32.load offset=65520" (i32.const 8)) (i32.const 0xccbbaa99))
(assert_return (invoke "i32.load offset=65520" (i32.const 12)) (i32.const 0xf0ffeedd))
(assert_trap (invoke "i32.load" (i32.const 65536)) "out of bounds memory access")
(assert_trap (invoke "i32.load offset=65520" (i32.const 16)) "out of bounds memory access")
(assert_trap (invoke "i32.load" (i32.const 65521)) "unaligned atomic")

(assert_return (invoke "i64.load" (i32.const 65520)) (i64.const 0x8877665544332211))
(assert_return (invoke "i64.load" (i32.const 65528)) (i64.const 0xf0ffeeddccbbaa99))
(assert_return (invoke "i64.load offset=65520" (i32.const 8)) (i64.const 0xf0ffeeddccbbaa99))
(assert_trap (invoke "i64.load" (i32.const 65536)) "out of bounds memory access")
(assert_trap (invoke "i64.load offset=65520" (i32.const 16)) "out of bounds memory access")
(assert_trap (invoke "i64.load" (i32.const 65521)) "unaligned atomic")

(assert_return (invoke "i32.load8_u" (i32.const 65520)) (i32.const 0x11))
(assert_return (invoke "i32.load8_u" (i32.const 65535)) (i32.const 0xf0))
(assert_return (invoke "i32.load8_u offset=65520" (i32.const 8)) (i32.const 0x99))
(assert_return (invoke "i32.load8_u offset=65520" (i32.const 15)) (i32.const 0xf0))
(assert_trap (invoke "i32.load8_u" (i32.const 65536)) "out of bounds memory access")
(assert_trap (invoke "i32.load8_u offset=65520" (i32.const 16)) "out of bounds memory access")

(assert_return (invoke "i32.load16_u" (i32.const 65520)) (i32.const 0x2211))
(assert_return (invoke "i32.load16_u" (i32.const 65534)) (i32.const 0xf0ff))
(assert_return (invoke "i32.load16_u offset=65520" (i32.const 8)) (i32.const 0xaa99))
(assert_return (invoke "i32.load16_u offset=65520" (i32.const 14)) (i32.const 0xf0ff))
(assert_trap (invoke "i32.load16_u" (i32.const 65536)) "out of bounds memory access")
(assert_trap (invoke "i32.load16_u offset=65520" (i32.const 16)) "out of bounds memory access")
(assert_trap (invoke "i32.load16_u" (i32.const 65521)) "unaligned atomic")

(assert_return (invoke "i64.load8_u" (i32.const 65520)) (i64.const 0x11))
(assert_return (invoke "i64.load8_u" (i32.const 65535)) (i64.const 0xf0))
(assert_return (invoke "i64.load8_u offset=65520" (i32.const 8)) (i64.const 0x99))
(assert_return (invoke "i64.load8_u offset=65520" (i32.const 15)) (i64.const 0xf0))
(assert_trap (invoke "i64.load8_u" (i32.const 65536)) "out of bounds memory access")
(assert_trap (invoke "i64.load8_u offset=65520" (i32.const 16)) "out of bounds memory access")

(assert_return (invoke "i64.load16_u" (i32.const 65520)) (i64.const 0x2211))
(assert_return (invoke "i64.load16_u" (i32.const 65534)) (i64.const 0xf0ff))
(assert_return (invoke "i64.load16_u offset=65520" (i32.const 8)) (i64.const 0xaa99))
(assert_return (invoke "i64.load16_u offset=65520" (i32.const 14)) (i64.const 0xf0ff))
(assert_trap (invoke "i64.load16_u" (i32.const 65536)) "out of bounds memory access")
(assert_trap (invoke "i64.load16_u offset=65520" (i32.const 16)) "out of bounds memory access")
(assert_trap (invoke "i64.load16_u" (i32.const 65521)) "unaligned atomic")

(assert_return (invoke "i64.load32_u" (i32.const 65520)) (i64.const 0x44332211))
(assert_return (invoke "i64.load32_u" (i32.const 65532)) (i64.const 0xf0ffeedd))
(assert_return (invoke "i64.load32_u offset=65520" (i32.const 8)) (i64.const 0xccbbaa99))
(assert_return (invoke "i64.load32_u offset=65520" (i32.const 12)) (i64.const 0xf0ffeedd))
(assert_trap (invoke "i64.load32_u" (i32.const 65536)) "out of bounds memory access")
(assert_trap (invoke "i64.load32_u offset=65520" (i32.const 16)) "out of bounds memory access")
(assert_trap (invoke "i64.load32_u" (i32.const 65521)) "unaligned atomic")
