;; title:    a notify in the last cell of the memory is within bounds
;; spec:     exec-memarg
;; features: threads
;; threads:  1
;; why:      wasmtime #11975, WasmEdge #5303, WasmEdge #5304

;; The last address is reached by the base alone, and by an offset.
;; Written by tools/generate.
(module
  (memory 1 1 shared)
  (func (export "notify") (param i32) (result i32) (memory.atomic.notify (local.get 0) (i32.const 1)))
  (func (export "notify offset=65520") (param i32) (result i32)
    (memory.atomic.notify offset=65520 (local.get 0) (i32.const 1)))
)

(assert_return (invoke "notify" (i32.const 65532)) (i32.const 0))
(assert_return (invoke "notify offset=65520" (i32.const 12)) (i32.const 0))
