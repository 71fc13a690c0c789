;; title:    a plain load from shared memory may be misaligned, whatever its alignment hint says
;; spec:     exec-load
;; features: threads
;; threads:  1
;; why:      wasmtime #5483, wasmtime #10982

;; The bytes are 0x80, 0x81 and so on. Each load at its first odd address, and across the middle of the next aligned word;
;; floats give their bits.
(module
  (memory 1 1 shared)
  (data (i32.const 0) "\80\81\82\83\84\85\86\87\88\89\8a\8b\8c\8d\8e\8f")
  (func (export "i32.load") (param i32) (result i32) (i32.load align=4 (local.get 0)))
  (func (export "i64.load") (param i32) (result i64) (i64.load align=8 (local.get 0)))
  (func (export "f32.load") (param i32) (result i32) (i32.reinterpret_f32 (f32.load align=4 (local.get 0))))
  (func (export "f64.load") (param i32) (result i64) (i64.reinterpret_f64 (f64.load align=8 (local.get 0))))
  (func (export "i32.load16_s") (param i32) (result i32) (i32.load16_s align=2 (local.get 0)))
  (func (export "i32.load16_u") (param i32) (result i32) (i32.load16_u align=2 (local.get 0)))
  (func (export "i64.load16_s") (param i32) (result i64) (i64.load16_s align=2 (local.get 0)))
  (func (export "i64.load16_u") (param i32) (result i64) (i64.load16_u align=2 (local.get 0)))
  (func (export "i64.load32_s") (param i32) (result i64) (i64.load32_s align=4 (local.get 0)))
  (func (export "i64.load32_u") (param i32) (result i64) (i64.load32_u align=4 (local.get 0)))
  (func (export "i32.load16_u offset=1") (param i32) (result i32) (i32.load16_u offset=1 align=2 (local.get 0)))
)

(assert_return (invoke "i32.load" (i32.const 1)) (i32.const 0x84838281))
(assert_return (invoke "i32.load" (i32.const 3)) (i32.const 0x86858483))
(assert_return (invoke "i64.load" (i32.const 1)) (i64.const 0x8887868584838281))
(assert_return (invoke "i64.load" (i32.const 7)) (i64.const 0x8e8d8c8b8a898887))
(assert_return (invoke "f32.load" (i32.const 1)) (i32.const 0x84838281))
(assert_return (invoke "f32.load" (i32.const 3)) (i32.const 0x86858483))
(assert_return (invoke "f64.load" (i32.const 1)) (i64.const 0x8887868584838281))
(assert_return (invoke "f64.load" (i32.const 7)) (i64.const 0x8e8d8c8b8a898887))
(assert_return (invoke "i32.load16_s" (i32.const 1)) (i32.const 0xffff8281))
(assert_return (invoke "i32.load16_s" (i32.const 3)) (i32.const 0xffff8483))
(assert_return (invoke "i32.load16_u" (i32.const 1)) (i32.const 0x8281))
(assert_return (invoke "i32.load16_u" (i32.const 3)) (i32.const 0x8483))
(assert_return (invoke "i64.load16_s" (i32.const 1)) (i64.const 0xffffffffffff8281))
(assert_return (invoke "i64.load16_s" (i32.const 3)) (i64.const 0xffffffffffff8483))
(assert_return (invoke "i64.load16_u" (i32.const 1)) (i64.const 0x8281))
(assert_return (invoke "i64.load16_u" (i32.const 3)) (i64.const 0x8483))
(assert_return (invoke "i64.load32_s" (i32.const 1)) (i64.const 0xffffffff84838281))
(assert_return (invoke "i64.load32_s" (i32.const 3)) (i64.const 0xffffffff86858483))
(assert_return (invoke "i64.load32_u" (i32.const 1)) (i64.const 0x84838281))
(assert_return (invoke "i64.load32_u" (i32.const 3)) (i64.const 0x86858483))
(assert_return (invoke "i32.load16_u offset=1" (i32.const 0)) (i32.const 0x8281))
(assert_return (invoke "i32.load16_u offset=1" (i32.const 2)) (i32.const 0x8483))
