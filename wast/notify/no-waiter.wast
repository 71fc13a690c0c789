;; title:    a notify at an address where nobody waits returns 0
;; spec:     exec-memory.atomic.notify
;; features: threads
;; threads:  1
;; why:      wasmtime #11975, WasmEdge #5303

(module
  (memory 1 1 shared)
  (data (i32.const 8) "\2a\00\00\00")
  (func (export "notify") (param i32 i32) (result i32) (memory.atomic.notify (local.get 0) (local.get 1)))
  (func (export "notify offset=8") (param i32 i32) (result i32)
    (memory.atomic.notify offset=8 (local.get 0) (local.get 1)))
  (func (export "cell") (result i32) (i32.load (i32.const 8)))
)

(assert_return (invoke "notify" (i32.const 0) (i32.const 0)) (i32.const 0))
(assert_return (invoke "notify" (i32.const 0) (i32.const 1)) (i32.const 0))
(assert_return (invoke "notify" (i32.const 0) (i32.const 0x7fffffff)) (i32.const 0))
(assert_return (invoke "notify" (i32.const 0) (i32.const 0x80000000)) (i32.const 0))
(assert_return (invoke "notify" (i32.const 0) (i32.const -1)) (i32.const 0))
;; A multiple of 4 is aligned enough, and the last one is within bounds.
(assert_return (invoke "notify" (i32.const 4) (i32.const 1)) (i32.const 0))
(assert_return (invoke "notify" (i32.const 65528) (i32.const 1)) (i32.const 0))
(assert_return (invoke "notify" (i32.const 65532) (i32.const 1)) (i32.const 0))
(assert_return (invoke "notify offset=8" (i32.const 65524) (i32.const 1)) (i32.const 0))
;; The cell has no part in it.
(assert_return (invoke "notify" (i32.const 8) (i32.const 42)) (i32.const 0))
(assert_return (invoke "cell") (i32.const 42))
