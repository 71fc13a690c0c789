;; title:    atomic loads and stores behave on unshared memory as they do on shared
;; spec:     exec-atomic.load
;; features: threads
;; threads:  1
;; why:      wabt #641, binaryen #3172, threads #117

;; A store of each kind over all ones, read back by the load of the same width.
(module
  (memory 1)
  (func $reset (i64.store (i32.const 16) (i64.const -1)))
  (func (export "word") (result i64) (i64.load (i32.const 16)))
  (func (export "i32 32") (param i32) (result i32)
    (call $reset) (i32.atomic.store offset=8 (i32.const 8) (local.get 0)) (i32.atomic.load (i32.const 16)))
  (func (export "i64 64") (param i64) (result i64)
    (call $reset) (i64.atomic.store offset=8 (i32.const 8) (local.get 0)) (i64.atomic.load (i32.const 16)))
  (func (export "i32 8") (param i32) (result i32)
    (call $reset) (i32.atomic.store8 offset=8 (i32.const 8) (local.get 0)) (i32.atomic.load8_u (i32.const 16)))
  (func (export "i32 16") (param i32) (result i32)
    (call $reset) (i32.atomic.store16 offset=8 (i32.const 8) (local.get 0)) (i32.atomic.load16_u (i32.const 16)))
  (func (export "i64 8") (param i64) (result i64)
    (call $reset) (i64.atomic.store8 offset=8 (i32.const 8) (local.get 0)) (i64.atomic.load8_u (i32.const 16)))
  (func (export "i64 16") (param i64) (result i64)
    (call $reset) (i64.atomic.store16 offset=8 (i32.const 8) (local.get 0)) (i64.atomic.load16_u (i32.const 16)))
  (func (export "i64 32") (param i64) (result i64)
    (call $reset) (i64.atomic.store32 offset=8 (i32.const 8) (local.get 0)) (i64.atomic.load32_u (i32.const 16)))
)

(assert_return (invoke "i32 32" (i32.const 0x12345678)) (i32.const 0x12345678))
(assert_return (invoke "word") (i64.const 0xffffffff12345678))

(assert_return (invoke "i64 64" (i64.const 0x123456789abcdef1)) (i64.const 0x123456789abcdef1))
(assert_return (invoke "word") (i64.const 0x123456789abcdef1))

(assert_return (invoke "i32 8" (i32.const 0x12345678)) (i32.const 0x78))
(assert_return (invoke "word") (i64.const 0xffffffffffffff78))

(assert_return (invoke "i32 16" (i32.const 0x12345678)) (i32.const 0x5678))
(assert_return (invoke "word") (i64.const 0xffffffffffff5678))

(assert_return (invoke "i64 8" (i64.const 0x123456789abcdef1)) (i64.const 0xf1))
(assert_return (invoke "word") (i64.const 0xfffffffffffffff1))

(assert_return (invoke "i64 16" (i64.const 0x123456789abcdef1)) (i64.const 0xdef1))
(assert_return (invoke "word") (i64.const 0xffffffffffffdef1))

(assert_return (invoke "i64 32" (i64.const 0x123456789abcdef1)) (i64.const 0x9abcdef1))
(assert_return (invoke "word") (i64.const 0xffffffff9abcdef1))
