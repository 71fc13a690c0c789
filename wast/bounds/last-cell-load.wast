;; title:    an atomic load in the last cell of the memory is within bounds
;; spec:     exec-memarg
;; features: threads
;; threads:  1

;; The last address is reached by the base alone, and by an offset.
;; Written by tools/generate.
(module
  (memory 1 1 shared)
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

(assert_return (invoke "i32.load" (i32.const 65532)) (i32.const 0xf0ffeedd))
(assert_return (invoke "i32.load offset=65520" (i32.const 12)) (i32.const 0xf0ffeedd))
(assert_return (invoke "i64.load" (i32.const 65528)) (i64.const 0xf0ffeeddccbbaa99))
(assert_return (invoke "i64.load offset=65520" (i32.const 8)) (i64.const 0xf0ffeeddccbbaa99))
(assert_return (invoke "i32.load8_u" (i32.const 65535)) (i32.const 0xf0))
(assert_return (invoke "i32.load8_u offset=65520" (i32.const 15)) (i32.const 0xf0))
(assert_return (invoke "i32.load16_u" (i32.const 65534)) (i32.const 0xf0ff))
(assert_return (invoke "i32.load16_u offset=65520" (i32.const 14)) (i32.const 0xf0ff))
(assert_return (invoke "i64.load8_u" (i32.const 65535)) (i64.const 0xf0))
(assert_return (invoke "i64.load8_u offset=65520" (i32.const 15)) (i64.const 0xf0))
(assert_return (invoke "i64.load16_u" (i32.const 65534)) (i64.const 0xf0ff))
(assert_return (invoke "i64.load16_u offset=65520" (i32.const 14)) (i64.const 0xf0ff))
(assert_return (invoke "i64.load32_u" (i32.const 65532)) (i64.const 0xf0ffeedd))
(assert_return (invoke "i64.load32_u offset=65520" (i32.const 12)) (i64.const 0xf0ffeedd))
