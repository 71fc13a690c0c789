;; title:    all 64 bits of base + offset count for a notify, and the sum does not wrap
;; spec:     exec-memarg
;; features: threads memory64
;; threads:  1

;; In 32 bits the first four of each eight sums would be 0 and 8, in 64 bits the others; there the memory has bytes to
;; be found.
;; Written by tools/generate.
(module
  (memory i64 1 1 shared)
  (func (export "notify") (param i64) (result i32) (memory.atomic.notify (local.get 0) (i32.const 1)))
  (func (export "notify offset=16") (param i64) (result i32)
    (memory.atomic.notify offset=16 (local.get 0) (i32.const 1)))
  (func (export "notify offset=0x100000000") (param i64) (result i32)
    (memory.atomic.notify offset=0x100000000 (local.get 0) (i32.const 1)))
  (func (export "notify offset=0xfffffffffffffff8") (param i64) (result i32)
    (memory.atomic.notify offset=0xfffffffffffffff8 (local.get 0) (i32.const 1)))
)

(assert_trap (invoke "notify" (i64.const 0x100000000)) "out of bounds memory access")
(assert_trap (invoke "notify" (i64.const 0x8000000000000008)) "out of bounds memory access")
(assert_trap (invoke "notify offset=16" (i64.const 0xfffffff0)) "out of bounds memory access")
(assert_trap (invoke "notify offset=0x100000000" (i64.const 8)) "out of bounds memory access")
(assert_trap (invoke "notify offset=16" (i64.const 0xfffffffffffffff0)) "out of bounds memory access")
(assert_trap (invoke "notify offset=16" (i64.const 0xfffffffffffffff8)) "out of bounds memory access")
(assert_trap (invoke "notify offset=0xfffffffffffffff8" (i64.const 8)) "out of bounds memory access")
(assert_trap (invoke "notify offset=0xfffffffffffffff8" (i64.const 16)) "out of bounds memory access")
