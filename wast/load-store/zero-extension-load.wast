;; title:    the result of an atomic load of a narrow cell is zero-extended
;; spec:     exec-atomic.loadn
;; features: threads
;; threads:  1
;; why:      wasmtime #9990, wasmtime #5901

;; The bytes at 16 are all ones; at 24, 26 and 28 lie cells of 8, 16 and 32 bits with their sign bit alone.
;; Written by tools/generate.
(module
  (memory 1 1 shared)
  (data (i32.const 16) "\ff\ff\ff\ff\ff\ff\ff\ff\80\7f\00\80\00\00\00\80")
  (func (export "i32.load8_u") (param i32) (result i32) (i32.atomic.load8_u (local.get 0)))
  (func (export "i32.load16_u") (param i32) (result i32) (i32.atomic.load16_u (local.get 0)))
  (func (export "i64.load8_u") (param i32) (result i64) (i64.atomic.load8_u (local.get 0)))
  (func (export "i64.load16_u") (param i32) (result i64) (i64.atomic.load16_u (local.get 0)))
  (func (export "i64.load32_u") (param i32) (result i64) (i64.atomic.load32_u (local.get 0)))
)

(assert_return (invoke "i32.load8_u" (i32.const 16)) (i32.const 0xff))
(assert_return (invoke "i32.load8_u" (i32.const 17)) (i32.const 0xff))
(assert_return (invoke "i32.load8_u" (i32.const 24)) (i32.const 0x80))

(assert_return (invoke "i32.load16_u" (i32.const 16)) (i32.const 0xffff))
(assert_return (invoke "i32.load16_u" (i32.const 18)) (i32.const 0xffff))
(assert_return (invoke "i32.load16_u" (i32.const 26)) (i32.const 0x8000))

(assert_return (invoke "i64.load8_u" (i32.const 16)) (i64.const 0xff))
(assert_return (invoke "i64.load8_u" (i32.const 17)) (i64.const 0xff))
(assert_return (invoke "i64.load8_u" (i32.const 24)) (i64.const 0x80))

(assert_return (invoke "i64.load16_u" (i32.const 16)) (i64.const 0xffff))
(assert_return (invoke "i64.load16_u" (i32.const 18)) (i64.const 0xffff))
(assert_return (invoke "i64.load16_u" (i32.const 26)) (i64.const 0x8000))

(assert_return (invoke "i64.load32_u" (i32.const 16)) (i64.const 0xffffffff))
(assert_return (invoke "i64.load32_u" (i32.const 20)) (i64.const 0xffffffff))
(assert_return (invoke "i64.load32_u" (i32.const 28)) (i64.const 0x80000000))
