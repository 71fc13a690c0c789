;; title:    a maximum of 4 GiB is no reason for an instantiation to fail, nor to start with more than the minimum
;; spec:     exec-instantiation
;; features: threads
;; threads:  1
;; why:      wasmtime #12036, wasmtime #4244, wasmtime #4245

(module $A
  (memory (export "memory") 1 65536 shared)
  (func (export "size") (result i32) (memory.size))
  (func (export "load") (param i32) (result i32) (i32.atomic.load (local.get 0)))
)
(module $B
  (memory 0 65536 shared)
  (func (export "size") (result i32) (memory.size))
  (func (export "load") (param i32) (result i32) (i32.atomic.load (local.get 0)))
)
(module $C (memory 2 65535 shared) (func (export "size") (result i32) (memory.size)))
(module $D (memory 1 65536 shared) (func (export "size") (result i32) (memory.size)))

(assert_return (invoke $A "size") (i32.const 1))
(assert_return (invoke $B "size") (i32.const 0))
(assert_return (invoke $C "size") (i32.const 2))
(assert_return (invoke $D "size") (i32.const 1))
(assert_return (invoke $A "load" (i32.const 65532)) (i32.const 0))
(assert_trap (invoke $A "load" (i32.const 65536)) "out of bounds memory access")
(assert_trap (invoke $A "load" (i32.const 0xfffffffc)) "out of bounds memory access")
(assert_trap (invoke $B "load" (i32.const 0)) "out of bounds memory access")
