;; title:    a plain store across the end of shared memory traps and changes no byte
;; spec:     exec-store
;; features: threads
;; threads:  1
;; why:      wasmtime #8216

;; With one byte inside, half of them, and all but one; "last" is what the last eight bytes are afterwards.
(module
  (memory 1 1 shared)
  (func (export "last") (result i64) (i64.load (i32.const 65528)))
  (func (export "i32.store") (param i32) (i32.store (local.get 0) (i32.const 0xa3a2a1a0)))
  (func (export "i64.store") (param i32) (i64.store (local.get 0) (i64.const 0xa7a6a5a4a3a2a1a0)))
  (func (export "f32.store") (param i32) (f32.store (local.get 0) (f32.reinterpret_i32 (i32.const 0xa3a2a1a0))))
  (func (export "f64.store") (param i32) (f64.store (local.get 0) (f64.reinterpret_i64 (i64.const 0xa7a6a5a4a3a2a1a0))))
  (func (export "i32.store16") (param i32) (i32.store16 (local.get 0) (i32.const 0xa3a2a1a0)))
  (func (export "i64.store16") (param i32) (i64.store16 (local.get 0) (i64.const 0xa7a6a5a4a3a2a1a0)))
  (func (export "i64.store32") (param i32) (i64.store32 (local.get 0) (i64.const 0xa7a6a5a4a3a2a1a0)))
  (func (export "i64.store offset=8") (param i32) (i64.store offset=8 (local.get 0) (i64.const -1)))
)

(assert_trap (invoke "i32.store" (i32.const 65535)) "out of bounds memory access")
(assert_trap (invoke "i32.store" (i32.const 65534)) "out of bounds memory access")
(assert_trap (invoke "i32.store" (i32.const 65533)) "out of bounds memory access")
(assert_return (invoke "last") (i64.const 0))

(assert_trap (invoke "i64.store" (i32.const 65535)) "out of bounds memory access")
(assert_trap (invoke "i64.store" (i32.const 65532)) "out of bounds memory access")
(assert_trap (invoke "i64.store" (i32.const 65529)) "out of bounds memory access")
(assert_return (invoke "last") (i64.const 0))

(assert_trap (invoke "f32.store" (i32.const 65535)) "out of bounds memory access")
(assert_trap (invoke "f32.store" (i32.const 65534)) "out of bounds memory access")
(assert_trap (invoke "f32.store" (i32.const 65533)) "out of bounds memory access")
(assert_return (invoke "last") (i64.const 0))

(assert_trap (invoke "f64.store" (i32.const 65535)) "out of bounds memory access")
(assert_trap (invoke "f64.store" (i32.const 65532)) "out of bounds memory access")
(assert_trap (invoke "f64.store" (i32.const 65529)) "out of bounds memory access")
(assert_return (invoke "last") (i64.const 0))

(assert_trap (invoke "i32.store16" (i32.const 65535)) "out of bounds memory access")
(assert_return (invoke "last") (i64.const 0))

(assert_trap (invoke "i64.store16" (i32.const 65535)) "out of bounds memory access")
(assert_return (invoke "last") (i64.const 0))

(assert_trap (invoke "i64.store32" (i32.const 65535)) "out of bounds memory access")
(assert_trap (invoke "i64.store32" (i32.const 65534)) "out of bounds memory access")
(assert_trap (invoke "i64.store32" (i32.const 65533)) "out of bounds memory access")
(assert_return (invoke "last") (i64.const 0))

(assert_trap (invoke "i64.store offset=8" (i32.const 65521)) "out of bounds memory access")
(assert_return (invoke "last") (i64.const 0))

;; One byte lower they fit.
(assert_return (invoke "i64.store offset=8" (i32.const 65520)))
(assert_return (invoke "last") (i64.const -1))
(assert_return (invoke "i64.store" (i32.const 65528)))
(assert_return (invoke "last") (i64.const 0xa7a6a5a4a3a2a1a0))
