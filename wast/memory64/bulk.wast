;; title:    fill, copy and init of a shared 64-bit memory take i64 addresses and check the whole range first
;; spec:     exec-memory.fill
;; features: threads memory64
;; threads:  1

;; The segment's operands stay i32.
(module
  (memory i64 1 1 shared)
  (data $bytes "\01\02\03\04\05")
  (func (export "word") (param i64) (result i64) (i64.load (local.get 0)))
  (func (export "fill") (param i64 i32 i64) (memory.fill (local.get 0) (local.get 1) (local.get 2)))
  (func (export "copy") (param i64 i64 i64) (memory.copy (local.get 0) (local.get 1) (local.get 2)))
  (func (export "init") (param i64 i32 i32) (memory.init $bytes (local.get 0) (local.get 1) (local.get 2)))
)

(invoke "init" (i64.const 17) (i32.const 1) (i32.const 4))
(assert_return (invoke "word" (i64.const 16)) (i64.const 0x0504030200))
(invoke "copy" (i64.const 18) (i64.const 17) (i64.const 4))
(assert_return (invoke "word" (i64.const 16)) (i64.const 0x050403020200))
(invoke "copy" (i64.const 16) (i64.const 18) (i64.const 4))
(assert_return (invoke "word" (i64.const 16)) (i64.const 0x050405040302))
(invoke "fill" (i64.const 65531) (i32.const 0x1ff) (i64.const 5))
(assert_return (invoke "word" (i64.const 65528)) (i64.const 0xffffffffff000000))
(invoke "fill" (i64.const 65536) (i32.const 1) (i64.const 0))

(assert_trap (invoke "fill" (i64.const 65529) (i32.const 1) (i64.const 8)) "out of bounds memory access")
(assert_trap (invoke "fill" (i64.const 65537) (i32.const 1) (i64.const 0)) "out of bounds memory access")
(assert_trap (invoke "fill" (i64.const 65528) (i32.const 1) (i64.const -65520)) "out of bounds memory access")
(assert_trap (invoke "fill" (i64.const -8) (i32.const 1) (i64.const 16)) "out of bounds memory access")
(assert_trap (invoke "copy" (i64.const 16) (i64.const 65529) (i64.const 8)) "out of bounds memory access")
(assert_trap (invoke "copy" (i64.const 65529) (i64.const 16) (i64.const 8)) "out of bounds memory access")
(assert_trap (invoke "copy" (i64.const 16) (i64.const -8) (i64.const 16)) "out of bounds memory access")
(assert_trap (invoke "copy" (i64.const -8) (i64.const 16) (i64.const 16)) "out of bounds memory access")
(assert_trap (invoke "init" (i64.const 65534) (i32.const 0) (i32.const 5)) "out of bounds memory access")
(assert_trap (invoke "init" (i64.const -2) (i32.const 0) (i32.const 5)) "out of bounds memory access")
(assert_trap (invoke "init" (i64.const 16) (i32.const 1) (i32.const 5)) "out of bounds memory access")
(assert_return (invoke "word" (i64.const 16)) (i64.const 0x050405040302))
(assert_return (invoke "word" (i64.const 65528)) (i64.const 0xffffffffff000000))
