;; title:    a plain access to shared memory may be misaligned, whatever its alignment hint says
;; spec:     exec-load
;; features: threads
;; threads:  1
;; why:      wasmtime #5483, wasmtime #10982

(module
  (memory 1 1 shared)
  (data (i32.const 0) "\00\01\02\03\04\05\06\07\08\09\0a\0b\0c\0d\0e\0f")
  (func (export "i32.load") (param i32) (result i32) (i32.load align=4 (local.get 0)))
  (func (export "i64.load") (param i32) (result i64) (i64.load align=8 (local.get 0)))
  (func (export "i32.load16_u offset=1") (param i32) (result i32) (i32.load16_u offset=1 align=2 (local.get 0)))
  (func (export "i32.store") (param i32 i32) (i32.store align=4 (local.get 0) (local.get 1)))
  (func (export "i64.store") (param i32 i64) (i64.store align=8 (local.get 0) (local.get 1)))
)

(assert_return (invoke "i32.load" (i32.const 1)) (i32.const 0x04030201))
(assert_return (invoke "i32.load" (i32.const 7)) (i32.const 0x0a090807))
(assert_return (invoke "i64.load" (i32.const 1)) (i64.const 0x0807060504030201))
(assert_return (invoke "i64.load" (i32.const 4)) (i64.const 0x0b0a090807060504))
(assert_return (invoke "i64.load" (i32.const 7)) (i64.const 0x0e0d0c0b0a090807))
(assert_return (invoke "i32.load16_u offset=1" (i32.const 0)) (i32.const 0x0201))
(assert_return (invoke "i32.load16_u offset=1" (i32.const 2)) (i32.const 0x0403))

(assert_return (invoke "i32.store" (i32.const 3) (i32.const 0xa3a2a1a0)))
(assert_return (invoke "i64.load" (i32.const 0)) (i64.const 0x07a3a2a1a0020100))
(assert_return (invoke "i64.store" (i32.const 5) (i64.const 0xb7b6b5b4b3b2b1b0)))
(assert_return (invoke "i64.load" (i32.const 0)) (i64.const 0xb2b1b0a1a0020100))
