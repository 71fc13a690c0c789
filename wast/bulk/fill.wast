;; title:    memory.fill on shared memory writes the low byte of its value from any address on, for any length
;; spec:     exec-memory.fill
;; features: threads
;; threads:  1

;; "fill" clears the 32 bytes first and then fills; "word" reads one of the four words.
(module
  (memory 1 1 shared)
  (func (export "fill") (param i32 i32 i32)
    (memory.fill (i32.const 0) (i32.const 0) (i32.const 32))
    (memory.fill (local.get 0) (local.get 1) (local.get 2)))
  (func (export "word") (param i32) (result i64) (i64.load (local.get 0)))
  (func (export "last") (result i64) (i64.load (i32.const 65528)))
)

(invoke "fill" (i32.const 0) (i32.const 0xabcdef12) (i32.const 8))
(assert_return (invoke "word" (i32.const 0)) (i64.const 0x1212121212121212))
(assert_return (invoke "word" (i32.const 8)) (i64.const 0))
(invoke "fill" (i32.const 3) (i32.const 0xff) (i32.const 1))
(assert_return (invoke "word" (i32.const 0)) (i64.const 0xff000000))
(invoke "fill" (i32.const 5) (i32.const 0x11) (i32.const 14))
(assert_return (invoke "word" (i32.const 0)) (i64.const 0x1111110000000000))
(assert_return (invoke "word" (i32.const 8)) (i64.const 0x1111111111111111))
(assert_return (invoke "word" (i32.const 16)) (i64.const 0x111111))
(assert_return (invoke "word" (i32.const 24)) (i64.const 0))
(invoke "fill" (i32.const 7) (i32.const 0x22) (i32.const 2))
(assert_return (invoke "word" (i32.const 0)) (i64.const 0x2200000000000000))
(assert_return (invoke "word" (i32.const 8)) (i64.const 0x22))

;; Nothing at the very end is within bounds, one more is not, and then no byte changes.
(invoke "fill" (i32.const 65536) (i32.const 1) (i32.const 0))
(assert_trap (invoke "fill" (i32.const 65537) (i32.const 1) (i32.const 0)) "out of bounds memory access")
(assert_trap (invoke "fill" (i32.const 65529) (i32.const 1) (i32.const 8)) "out of bounds memory access")
(assert_trap (invoke "fill" (i32.const 65535) (i32.const 1) (i32.const -1)) "out of bounds memory access")
(assert_return (invoke "last") (i64.const 0))
(invoke "fill" (i32.const 65529) (i32.const 1) (i32.const 7))
(assert_return (invoke "last") (i64.const 0x0101010101010100))
