;; title:    atomic loads read their cell and zero-extend it
;; spec:     exec-atomic.loadn
;; features: threads
;; threads:  1
;; why:      wasmtime #9990, wasmtime #5901

;; The cells at 8 are 0x80…, so that a sign would show; those at 16 are all ones.
(module
  (memory 1 1 shared)
  (data (i32.const 8) "\80\81\82\83\84\85\86\87" "\ff\ff\ff\ff\ff\ff\ff\ff")
  (func (export "i32.load") (param i32) (result i32) (i32.atomic.load (local.get 0)))
  (func (export "i64.load") (param i32) (result i64) (i64.atomic.load (local.get 0)))
  (func (export "i32.load8_u") (param i32) (result i32) (i32.atomic.load8_u (local.get 0)))
  (func (export "i32.load16_u") (param i32) (result i32) (i32.atomic.load16_u (local.get 0)))
  (func (export "i64.load8_u") (param i32) (result i64) (i64.atomic.load8_u (local.get 0)))
  (func (export "i64.load16_u") (param i32) (result i64) (i64.atomic.load16_u (local.get 0)))
  (func (export "i64.load32_u") (param i32) (result i64) (i64.atomic.load32_u (local.get 0)))
  (func (export "i32.load offset=8") (param i32) (result i32) (i32.atomic.load offset=8 (local.get 0)))
  (func (export "i64.load offset=8") (param i32) (result i64) (i64.atomic.load offset=8 (local.get 0)))
  (func (export "i32.load8_u offset=8") (param i32) (result i32) (i32.atomic.load8_u offset=8 (local.get 0)))
  (func (export "i32.load16_u offset=8") (param i32) (result i32) (i32.atomic.load16_u offset=8 (local.get 0)))
  (func (export "i64.load8_u offset=8") (param i32) (result i64) (i64.atomic.load8_u offset=8 (local.get 0)))
  (func (export "i64.load16_u offset=8") (param i32) (result i64) (i64.atomic.load16_u offset=8 (local.get 0)))
  (func (export "i64.load32_u offset=8") (param i32) (result i64) (i64.atomic.load32_u offset=8 (local.get 0)))
)

(assert_return (invoke "i32.load" (i32.const 8)) (i32.const 0x83828180))
(assert_return (invoke "i32.load" (i32.const 12)) (i32.const 0x87868584))
(assert_return (invoke "i32.load" (i32.const 16)) (i32.const 0xffffffff))
(assert_return (invoke "i32.load offset=8" (i32.const 4)) (i32.const 0x87868584))

(assert_return (invoke "i64.load" (i32.const 8)) (i64.const 0x8786858483828180))
(assert_return (invoke "i64.load" (i32.const 16)) (i64.const 0xffffffffffffffff))
(assert_return (invoke "i64.load offset=8" (i32.const 0)) (i64.const 0x8786858483828180))

(assert_return (invoke "i32.load8_u" (i32.const 8)) (i32.const 0x80))
(assert_return (invoke "i32.load8_u" (i32.const 9)) (i32.const 0x81))
(assert_return (invoke "i32.load8_u" (i32.const 10)) (i32.const 0x82))
(assert_return (invoke "i32.load8_u" (i32.const 11)) (i32.const 0x83))
(assert_return (invoke "i32.load8_u" (i32.const 12)) (i32.const 0x84))
(assert_return (invoke "i32.load8_u" (i32.const 13)) (i32.const 0x85))
(assert_return (invoke "i32.load8_u" (i32.const 14)) (i32.const 0x86))
(assert_return (invoke "i32.load8_u" (i32.const 15)) (i32.const 0x87))
(assert_return (invoke "i32.load8_u" (i32.const 16)) (i32.const 0xff))
(assert_return (invoke "i32.load8_u offset=8" (i32.const 7)) (i32.const 0x87))

(assert_return (invoke "i32.load16_u" (i32.const 8)) (i32.const 0x8180))
(assert_return (invoke "i32.load16_u" (i32.const 10)) (i32.const 0x8382))
(assert_return (invoke "i32.load16_u" (i32.const 12)) (i32.const 0x8584))
(assert_return (invoke "i32.load16_u" (i32.const 14)) (i32.const 0x8786))
(assert_return (invoke "i32.load16_u" (i32.const 16)) (i32.const 0xffff))
(assert_return (invoke "i32.load16_u offset=8" (i32.const 6)) (i32.const 0x8786))

(assert_return (invoke "i64.load8_u" (i32.const 8)) (i64.const 0x80))
(assert_return (invoke "i64.load8_u" (i32.const 9)) (i64.const 0x81))
(assert_return (invoke "i64.load8_u" (i32.const 10)) (i64.const 0x82))
(assert_return (invoke "i64.load8_u" (i32.const 11)) (i64.const 0x83))
(assert_return (invoke "i64.load8_u" (i32.const 12)) (i64.const 0x84))
(assert_return (invoke "i64.load8_u" (i32.const 13)) (i64.const 0x85))
(assert_return (invoke "i64.load8_u" (i32.const 14)) (i64.const 0x86))
(assert_return (invoke "i64.load8_u" (i32.const 15)) (i64.const 0x87))
(assert_return (invoke "i64.load8_u" (i32.const 16)) (i64.const 0xff))
(assert_return (invoke "i64.load8_u offset=8" (i32.const 7)) (i64.const 0x87))

(assert_return (invoke "i64.load16_u" (i32.const 8)) (i64.const 0x8180))
(assert_return (invoke "i64.load16_u" (i32.const 10)) (i64.const 0x8382))
(assert_return (invoke "i64.load16_u" (i32.const 12)) (i64.const 0x8584))
(assert_return (invoke "i64.load16_u" (i32.const 14)) (i64.const 0x8786))
(assert_return (invoke "i64.load16_u" (i32.const 16)) (i64.const 0xffff))
(assert_return (invoke "i64.load16_u offset=8" (i32.const 6)) (i64.const 0x8786))

(assert_return (invoke "i64.load32_u" (i32.const 8)) (i64.const 0x83828180))
(assert_return (invoke "i64.load32_u" (i32.const 12)) (i64.const 0x87868584))
(assert_return (invoke "i64.load32_u" (i32.const 16)) (i64.const 0xffffffff))
(assert_return (invoke "i64.load32_u offset=8" (i32.const 4)) (i64.const 0x87868584))
