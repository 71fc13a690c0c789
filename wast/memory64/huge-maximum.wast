;; title:    a maximum of 2^48 pages is no reason for an instantiation to fail
;; spec:     exec-instantiation
;; features: threads memory64
;; threads:  1
;; why:      wasmtime #12036, wasmtime #4244

(module $A
  (memory (export "memory") i64 1 0x1000000000000 shared)
  (func (export "size") (result i64) (memory.size))
  (func (export "add") (param i64) (result i32) (i32.atomic.rmw.add (local.get 0) (i32.const 1)))
)
(register "A" $A)
(module $B
  (memory (import "A" "memory") i64 0 0x1000000000000 shared)
  (func (export "add") (param i64) (result i32) (i32.atomic.rmw.add (local.get 0) (i32.const 1)))
)
(assert_return (invoke $A "size") (i64.const 1))
(assert_return (invoke $A "add" (i64.const 65532)) (i32.const 0))
(assert_return (invoke $B "add" (i64.const 65532)) (i32.const 1))
(assert_trap (invoke $B "add" (i64.const 65536)) "out of bounds memory access")
(assert_trap (invoke $B "add" (i64.const 0xffff_ffff_ffff_fffc)) "out of bounds memory access")
;; The maximum is that of the definition.
(assert_unlinkable
  (module (memory (import "A" "memory") i64 0 0xffffffffffff shared))
  "incompatible import type")
