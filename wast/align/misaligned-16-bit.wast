;; title:    every misaligned 16-bit atomic access traps
;; spec:     exec-instr-atomic-memory
;; features: threads
;; threads:  1
;; why:      wasmtime #5483, wasmtime #5882, wasmtime #10982

(module
  (memory 1 1 shared)
  (func (export "i32.load16_u") (param i32) (result i32) (i32.atomic.load16_u (local.get 0)))
  (func (export "i64.load16_u") (param i32) (result i64) (i64.atomic.load16_u (local.get 0)))
  (func (export "i32.store16") (param i32) (i32.atomic.store16 (local.get 0) (i32.const 1)))
  (func (export "i64.store16") (param i32) (i64.atomic.store16 (local.get 0) (i64.const 1)))
  (func (export "i32.rmw16.add_u") (param i32) (result i32) (i32.atomic.rmw16.add_u (local.get 0) (i32.const 1)))
  (func (export "i64.rmw16.add_u") (param i32) (result i64) (i64.atomic.rmw16.add_u (local.get 0) (i64.const 1)))
  (func (export "i32.rmw16.sub_u") (param i32) (result i32) (i32.atomic.rmw16.sub_u (local.get 0) (i32.const 1)))
  (func (export "i64.rmw16.sub_u") (param i32) (result i64) (i64.atomic.rmw16.sub_u (local.get 0) (i64.const 1)))
  (func (export "i32.rmw16.and_u") (param i32) (result i32) (i32.atomic.rmw16.and_u (local.get 0) (i32.const 1)))
  (func (export "i64.rmw16.and_u") (param i32) (result i64) (i64.atomic.rmw16.and_u (local.get 0) (i64.const 1)))
  (func (export "i32.rmw16.or_u") (param i32) (result i32) (i32.atomic.rmw16.or_u (local.get 0) (i32.const 1)))
  (func (export "i64.rmw16.or_u") (param i32) (result i64) (i64.atomic.rmw16.or_u (local.get 0) (i64.const 1)))
  (func (export "i32.rmw16.xor_u") (param i32) (result i32) (i32.atomic.rmw16.xor_u (local.get 0) (i32.const 1)))
  (func (export "i64.rmw16.xor_u") (param i32) (result i64) (i64.atomic.rmw16.xor_u (local.get 0) (i64.const 1)))
  (func (export "i32.rmw16.xchg_u") (param i32) (result i32) (i32.atomic.rmw16.xchg_u (local.get 0) (i32.const 1)))
  (func (export "i64.rmw16.xchg_u") (param i32) (result i64) (i64.atomic.rmw16.xchg_u (local.get 0) (i64.const 1)))
  (func (export "i32.rmw16.cmpxchg_u") (param i32) (result i32)
    (i32.atomic.rmw16.cmpxchg_u (local.get 0) (i32.const 0) (i32.const 1)))
  (func (export "i64.rmw16.cmpxchg_u") (param i32) (result i64)
    (i64.atomic.rmw16.cmpxchg_u (local.get 0) (i64.const 0) (i64.const 1)))
)

(assert_trap (invoke "i32.load16_u" (i32.const 17)) "unaligned atomic")
(assert_trap (invoke "i64.load16_u" (i32.const 17)) "unaligned atomic")

(assert_trap (invoke "i32.store16" (i32.const 17)) "unaligned atomic")
(assert_trap (invoke "i64.store16" (i32.const 17)) "unaligned atomic")

(assert_trap (invoke "i32.rmw16.add_u" (i32.const 17)) "unaligned atomic")
(assert_trap (invoke "i64.rmw16.add_u" (i32.const 17)) "unaligned atomic")

(assert_trap (invoke "i32.rmw16.sub_u" (i32.const 17)) "unaligned atomic")
(assert_trap (invoke "i64.rmw16.sub_u" (i32.const 17)) "unaligned atomic")

(assert_trap (invoke "i32.rmw16.and_u" (i32.const 17)) "unaligned atomic")
(assert_trap (invoke "i64.rmw16.and_u" (i32.const 17)) "unaligned atomic")

(assert_trap (invoke "i32.rmw16.or_u" (i32.const 17)) "unaligned atomic")
(assert_trap (invoke "i64.rmw16.or_u" (i32.const 17)) "unaligned atomic")

(assert_trap (invoke "i32.rmw16.xor_u" (i32.const 17)) "unaligned atomic")
(assert_trap (invoke "i64.rmw16.xor_u" (i32.const 17)) "unaligned atomic")

(assert_trap (invoke "i32.rmw16.xchg_u" (i32.const 17)) "unaligned atomic")
(assert_trap (invoke "i64.rmw16.xchg_u" (i32.const 17)) "unaligned atomic")

(assert_trap (invoke "i32.rmw16.cmpxchg_u" (i32.const 17)) "unaligned atomic")
(assert_trap (invoke "i64.rmw16.cmpxchg_u" (i32.const 17)) "unaligned atomic")
