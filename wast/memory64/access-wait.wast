;; title:    a wait of a 64-bit memory takes an i64 address and works on that cell
;; spec:     exec-memory.atomic.waitn
;; features: threads memory64
;; threads:  1
;; why:      wasmtime #4267, WebKit #64198

;; By base and by offset, to the last cell, and not behind it.
;; Written by tools/generate.
(module
  (memory i64 1 1 shared)
  (data (i64.const 65520) "\11\22\33\44\55\66\77\88\99\aa\bb\cc\dd\ee\ff\f0")
  (func (export "wait32") (param i64 i32) (result i32) (memory.atomic.wait32 (local.get 0) (local.get 1) (i64.const 0)))
  (func (export "wait32 offset=65520") (param i64 i32) (result i32)
    (memory.atomic.wait32 offset=65520 (local.get 0) (local.get 1) (i64.const 0)))
  (func (export "wait32 offset=1") (param i64 i32) (result i32)
    (memory.atomic.wait32 offset=1 (local.get 0) (local.get 1) (i64.const 0)))
  (func (export "wait64") (param i64 i64) (result i32) (memory.atomic.wait64 (local.get 0) (local.get 1) (i64.const 0)))
  (func (export "wait64 offset=65520") (param i64 i64) (result i32)
    (memory.atomic.wait64 offset=65520 (local.get 0) (local.get 1) (i64.const 0)))
  (func (export "wait64 offset=1") (param i64 i64) (result i32)
    (memory.atomic.wait64 offset=1 (local.get 0) (local.get 1) (i64.const 0)))
)

(assert_return (invoke "wait32" (i64.const 65520) (i32.const 0x44332211)) (i32.const 2))
(assert_return (invoke "wait32" (i64.const 65532) (i32.const 0xf0ffeedd)) (i32.const 2))
(assert_return (invoke "wait32 offset=65520" (i64.const 8) (i32.const 0xccbbaa99)) (i32.const 2))
(assert_return (invoke "wait32 offset=65520" (i64.const 12) (i32.const 0xf0ffeedd)) (i32.const 2))
(assert_trap (invoke "wait32" (i64.const 65536) (i32.const 0xf0ffeedd)) "out of bounds memory access")
(assert_trap (invoke "wait32 offset=65520" (i64.const 16) (i32.const 0xf0ffeedd)) "out of bounds memory access")
(assert_return (invoke "wait32 offset=1" (i64.const 65527) (i32.const 0xccbbaa99)) (i32.const 2))
(assert_trap (invoke "wait32 offset=1" (i64.const 65520) (i32.const 0x44332211)) "unaligned atomic")
(assert_trap (invoke "wait32" (i64.const 65522) (i32.const 0x44332211)) "unaligned atomic")

(assert_return (invoke "wait64" (i64.const 65520) (i64.const 0x8877665544332211)) (i32.const 2))
(assert_return (invoke "wait64" (i64.const 65528) (i64.const 0xf0ffeeddccbbaa99)) (i32.const 2))
(assert_return (invoke "wait64 offset=65520" (i64.const 8) (i64.const 0xf0ffeeddccbbaa99)) (i32.const 2))
(assert_trap (invoke "wait64" (i64.const 65536) (i64.const 0xf0ffeeddccbbaa99)) "out of bounds memory access")
(assert_trap (invoke "wait64 offset=65520" (i64.const 16) (i64.const 0xf0ffeeddccbbaa99)) "out of bounds memory access")
(assert_return (invoke "wait64 offset=1" (i64.const 65527) (i64.const 0xf0ffeeddccbbaa99)) (i32.const 2))
(assert_trap (invoke "wait64 offset=1" (i64.const 65520) (i64.const 0x8877665544332211)) "unaligned atomic")
(assert_trap (invoke "wait64" (i64.const 65524) (i64.const 0x8877665544332211)) "unaligned atomic")
