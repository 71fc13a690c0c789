;; title:    a wait at every aligned address compares the cell there, all of it
;; spec:     exec-memory.atomic.waitn
;; features: threads
;; threads:  1

;; The bytes at 16 are all different. With a timeout of 0 a wait returns 2 where it finds the value it expects, and 1
;; where that has another sign.
;; Written by tools/generate.
(module
  (memory 1 1 shared)
  (data (i32.const 16) "\11\22\33\44\55\66\77\88\99\aa\bb\cc\dd\ee\ff\f0")
  (func (export "wait32") (param i32 i32) (result i32) (memory.atomic.wait32 (local.get 0) (local.get 1) (i64.const 0)))
  (func (export "wait64") (param i32 i64) (result i32) (memory.atomic.wait64 (local.get 0) (local.get 1) (i64.const 0)))
)

(assert_return (invoke "wait32" (i32.const 16) (i32.const 0x44332211)) (i32.const 2))
(assert_return (invoke "wait32" (i32.const 16) (i32.const 0xc4332211)) (i32.const 1))
(assert_return (invoke "wait32" (i32.const 20) (i32.const 0x88776655)) (i32.const 2))
(assert_return (invoke "wait32" (i32.const 20) (i32.const 0x8776655)) (i32.const 1))
(assert_return (invoke "wait32" (i32.const 24) (i32.const 0xccbbaa99)) (i32.const 2))
(assert_return (invoke "wait32" (i32.const 24) (i32.const 0x4cbbaa99)) (i32.const 1))
(assert_return (invoke "wait32" (i32.const 28) (i32.const 0xf0ffeedd)) (i32.const 2))
(assert_return (invoke "wait32" (i32.const 28) (i32.const 0x70ffeedd)) (i32.const 1))

(assert_return (invoke "wait64" (i32.const 16) (i64.const 0x8877665544332211)) (i32.const 2))
(assert_return (invoke "wait64" (i32.const 16) (i64.const 0x877665544332211)) (i32.const 1))
(assert_return (invoke "wait64" (i32.const 24) (i64.const 0xf0ffeeddccbbaa99)) (i32.const 2))
(assert_return (invoke "wait64" (i32.const 24) (i64.const 0x70ffeeddccbbaa99)) (i32.const 1))
