;; title:    a notify at base + offset of 2^32 or more traps: the sum does not wrap
;; spec:     exec-memarg
;; features: threads
;; threads:  1
;; why:      wasmtime #3132, wasmtime #12909

;; In 32 bits the first four of each six sums would be 0 and 8, where the memory has bytes to be found.
;; Written by tools/generate.
(module
  (memory 1 1 shared)
  (func (export "notify offset=16") (param i32) (result i32)
    (memory.atomic.notify offset=16 (local.get 0) (i32.const 1)))
  (func (export "notify offset=0xfffffff8") (param i32) (result i32)
    (memory.atomic.notify offset=0xfffffff8 (local.get 0) (i32.const 1)))
)

(assert_trap (invoke "notify offset=16" (i32.const 0xfffffff0)) "out of bounds memory access")
(assert_trap (invoke "notify offset=16" (i32.const 0xfffffff8)) "out of bounds memory access")
(assert_trap (invoke "notify offset=0xfffffff8" (i32.const 8)) "out of bounds memory access")
(assert_trap (invoke "notify offset=0xfffffff8" (i32.const 16)) "out of bounds memory access")
(assert_trap (invoke "notify offset=0xfffffff8" (i32.const 0xfffffff8)) "out of bounds memory access")
(assert_trap (invoke "notify offset=0xfffffff8" (i32.const 0)) "out of bounds memory access")
