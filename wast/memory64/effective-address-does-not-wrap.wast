;; title:    the largest offset and the largest address of a 64-bit memory do not wrap at 2^64
;; spec:     exec-memarg
;; features: threads memory64
;; threads:  1

;; The sums are 2^64 - 1 and a little more; the bytes at 0 and 8 must stay.
(module
  (memory i64 1 1 shared)
  (data (i64.const 8) "\88\99\aa\bb\cc\dd\ee\ff")
  (func (export "word") (result i64) (i64.load (i64.const 8)))
  (func (export "largest offset") (param i64) (result i32) (i32.atomic.load8_u offset=0xffffffffffffffff (local.get 0)))
  (func (export "largest address") (param i64) (result i32) (i32.atomic.load8_u offset=9 (local.get 0)))
  (func (export "plain load") (param i64) (result i64) (i64.load offset=0xfffffffffffffff8 (local.get 0)))
  (func (export "plain store") (param i64) (i64.store offset=0xfffffffffffffff8 (local.get 0) (i64.const 1)))
)

(assert_trap (invoke "largest offset" (i64.const 0)) "out of bounds memory access")
(assert_trap (invoke "largest offset" (i64.const 1)) "out of bounds memory access")
(assert_trap (invoke "largest offset" (i64.const 9)) "out of bounds memory access")
(assert_trap (invoke "largest offset" (i64.const -1)) "out of bounds memory access")
(assert_trap (invoke "largest address" (i64.const -1)) "out of bounds memory access")
(assert_trap (invoke "largest address" (i64.const -9)) "out of bounds memory access")
(assert_trap (invoke "plain load" (i64.const 16)) "out of bounds memory access")
(assert_trap (invoke "plain load" (i64.const 0)) "out of bounds memory access")
(assert_trap (invoke "plain store" (i64.const 16)) "out of bounds memory access")
(assert_return (invoke "word") (i64.const 0xffeeddccbbaa9988))
