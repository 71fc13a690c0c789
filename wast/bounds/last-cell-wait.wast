;; title:    a wait in the last cell of the memory is within bounds
;; spec:     exec-memarg
;; features: threads
;; threads:  1
;; why:      wasmtime #11975, WasmEdge #5303, WasmEdge #5304

;; The last address is reached by the base alone, and by an offset.
;; Written by tools/generate.
(module
  (memory 1 1 shared)
  (data (i32.const 65520) "\11\22\33\44\55\66\77\88\99\aa\bb\cc\dd\ee\ff\f0")
  (func (export "wait32") (param i32 i32) (result i32) (memory.atomic.wait32 (local.get 0) (local.get 1) (i64.const 0)))
  (func (export "wait32 offset=65520") (param i32 i32) (result i32)
    (memory.atomic.wait32 offset=65520 (local.get 0) (local.get 1) (i64.const 0)))
  (func (export "wait64") (param i32 i64) (result i32) (memory.atomic.wait64 (local.get 0) (local.get 1) (i64.const 0)))
  (func (export "wait64 offset=65520") (param i32 i64) (result i32)
    (memory.atomic.wait64 offset=65520 (local.get 0) (local.get 1) (i64.const 0)))
)

(assert_return (invoke "wait32" (i32.const 65532) (i32.const 0xf0ffeedd)) (i32.const 2))
(assert_return (invoke "wait32 offset=65520" (i32.const 12) (i32.const 0xf0ffeedd)) (i32.const 2))
(assert_return (invoke "wait64" (i32.const 65528) (i64.const 0xf0ffeeddccbbaa99)) (i32.const 2))
(assert_return (invoke "wait64 offset=65520" (i32.const 8) (i64.const 0xf0ffeeddccbbaa99)) (i32.const 2))
