;; title:    a wait that names memory 1 works there, within its bounds, and leaves memory 0 alone
;; spec:     exec-memory.atomic.waitn
;; features: threads multi-memory
;; threads:  1

;; Memory 0 is not shared, all zero and has a page more.
;; Written by tools/generate.
(module
  (memory 2 2)
  (memory 1 1 shared)
  (data (memory 1) (i32.const 65520) "\11\22\33\44\55\66\77\88\99\aa\bb\cc\dd\ee\ff\f0")
  (func (export "memory 0") (result i64 i64) (i64.load (i32.const 65520)) (i64.load (i32.const 65536)))
  (func (export "wait32") (param i32 i32) (result i32)
    (memory.atomic.wait32 1 (local.get 0) (local.get 1) (i64.const 0)))
  (func (export "wait32 offset=65520") (param i32 i32) (result i32)
    (memory.atomic.wait32 1 offset=65520 (local.get 0) (local.get 1) (i64.const 0)))
  (func (export "wait64") (param i32 i64) (result i32)
    (memory.atomic.wait64 1 (local.get 0) (local.get 1) (i64.const 0)))
  (func (export "wait64 offset=65520") (param i32 i64) (result i32)
    (memory.atomic.wait64 1 offset=65520 (local.get 0) (local.get 1) (i64.const 0)))
)

(assert_return (invoke "wait32" (i32.const 65520) (i32.const 0x44332211)) (i32.const 2))
(assert_return (invoke "wait32" (i32.const 65532) (i32.const 0xf0ffeedd)) (i32.const 2))
(assert_return (invoke "wait32 offset=65520" (i32.const 8) (i32.const 0xccbbaa99)) (i32.const 2))
(assert_return (invoke "wait32 offset=65520" (i32.const 12) (i32.const 0xf0ffeedd)) (i32.const 2))
(assert_trap (invoke "wait32" (i32.const 65536) (i32.const 0xf0ffeedd)) "out of bounds memory access")
(assert_trap (invoke "wait32 offset=65520" (i32.const 16) (i32.const 0xf0ffeedd)) "out of bounds memory access")
(assert_trap (invoke "wait32" (i32.const 65521) (i32.const 0x44332211)) "unaligned atomic")

(assert_return (invoke "wait64" (i32.const 65520) (i64.const 0x8877665544332211)) (i32.const 2))
(assert_return (invoke "wait64" (i32.const 65528) (i64.const 0xf0ffeeddccbbaa99)) (i32.const 2))
(assert_return (invoke "wait64 offset=65520" (i32.const 8) (i64.const 0xf0ffeeddccbbaa99)) (i32.const 2))
(assert_trap (invoke "wait64" (i32.const 65536) (i64.const 0xf0ffeeddccbbaa99)) "out of bounds memory access")
(assert_trap (invoke "wait64 offset=65520" (i32.const 16) (i64.const 0xf0ffeeddccbbaa99)) "out of bounds memory access")
(assert_trap (invoke "wait64" (i32.const 65521) (i64.const 0x8877665544332211)) "unaligned atomic")

(assert_return (invoke "memory 0") (i64.const 0) (i64.const 0))
