;; title:    a shared 64-bit memory larger than 4 GiB keeps what lies 2^32 apart apart
;; spec:     exec-memarg
;; features: threads memory64
;; threads:  1

;; 65537 pages, of which two are touched: 16 and 2^32 + 16 are different cells, each for every way to name it.
(module
  (memory i64 65537 65537 shared)
  (func (export "size") (result i64) (memory.size))
  (func (export "store") (param i64 i64) (i64.store (local.get 0) (local.get 1)))
  (func (export "load") (param i64) (result i64) (i64.load (local.get 0)))
  (func (export "load offset=2^32") (param i64) (result i64) (i64.load offset=0x100000000 (local.get 0)))
  (func (export "add") (param i64 i64) (result i64) (i64.atomic.rmw.add (local.get 0) (local.get 1)))
  (func (export "add offset=2^32") (param i64 i64) (result i64)
    (i64.atomic.rmw.add offset=0x100000000 (local.get 0) (local.get 1)))
  (func (export "cmpxchg") (param i64 i64 i64) (result i64)
    (i64.atomic.rmw.cmpxchg (local.get 0) (local.get 1) (local.get 2)))
  (func (export "fill") (param i64 i32 i64) (memory.fill (local.get 0) (local.get 1) (local.get 2)))
  (func (export "copy") (param i64 i64 i64) (memory.copy (local.get 0) (local.get 1) (local.get 2)))
)

(assert_return (invoke "size") (i64.const 65537))
(invoke "store" (i64.const 0x100000010) (i64.const 0x0123456789abcdef))
(assert_return (invoke "load" (i64.const 16)) (i64.const 0))
(assert_return (invoke "load" (i64.const 0x100000010)) (i64.const 0x0123456789abcdef))
(assert_return (invoke "load offset=2^32" (i64.const 16)) (i64.const 0x0123456789abcdef))
(assert_return (invoke "add" (i64.const 0x100000010) (i64.const 1)) (i64.const 0x0123456789abcdef))
(assert_return (invoke "add offset=2^32" (i64.const 16) (i64.const 1)) (i64.const 0x0123456789abcdf0))
(assert_return (invoke "add" (i64.const 16) (i64.const 7)) (i64.const 0))
(assert_return (invoke "cmpxchg" (i64.const 0x100000010) (i64.const 7) (i64.const 9)) (i64.const 0x0123456789abcdf1))
(assert_return (invoke "cmpxchg" (i64.const 16) (i64.const 7) (i64.const 9)) (i64.const 7))
(assert_return (invoke "load" (i64.const 0x100000010)) (i64.const 0x0123456789abcdf1))
(invoke "copy" (i64.const 32) (i64.const 0x100000010) (i64.const 8))
(assert_return (invoke "load" (i64.const 32)) (i64.const 0x0123456789abcdf1))
(invoke "fill" (i64.const 0x100000010) (i32.const 0x55) (i64.const 8))
(assert_return (invoke "load" (i64.const 16)) (i64.const 9))
(assert_return (invoke "load" (i64.const 0x100000010)) (i64.const 0x5555555555555555))
(assert_return (invoke "load" (i64.const 0x10000fff8)) (i64.const 0))
(assert_trap (invoke "load" (i64.const 0x10000fff9)) "out of bounds memory access")
