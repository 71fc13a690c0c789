;; title:    memory.copy within a shared memory copies as if through a buffer
;; spec:     exec-memory.copy
;; features: threads
;; threads:  1

;; "copy" sets the 32 bytes from 0 on to 00 01 … 1f first; "word" shows eight of them, the lowest address on the right.
(module
  (memory 1 1 shared)
  (data $bytes "\00\01\02\03\04\05\06\07\08\09\0a\0b\0c\0d\0e\0f\10\11\12\13\14\15\16\17\18\19\1a\1b\1c\1d\1e\1f")
  (func (export "copy") (param $to i32) (param $from i32) (param $n i32)
    (memory.init $bytes (i32.const 0) (i32.const 0) (i32.const 32))
    (memory.copy (local.get $to) (local.get $from) (local.get $n)))
  (func (export "word") (param i32) (result i64) (i64.load (local.get 0)))
  (func (export "last") (result i64) (i64.load (i32.const 65528)))
)

;; Apart, equally and differently aligned
(invoke "copy" (i32.const 16) (i32.const 0) (i32.const 8))
(assert_return (invoke "word" (i32.const 16)) (i64.const 0x0706050403020100))
(assert_return (invoke "word" (i32.const 24)) (i64.const 0x1f1e1d1c1b1a1918))
(invoke "copy" (i32.const 17) (i32.const 2) (i32.const 6))
(assert_return (invoke "word" (i32.const 16)) (i64.const 0x1707060504030210))
;; Forwards by 1 and by 8
(invoke "copy" (i32.const 1) (i32.const 0) (i32.const 15))
(assert_return (invoke "word" (i32.const 0)) (i64.const 0x0605040302010000))
(assert_return (invoke "word" (i32.const 8)) (i64.const 0x0e0d0c0b0a090807))
(invoke "copy" (i32.const 8) (i32.const 0) (i32.const 20))
(assert_return (invoke "word" (i32.const 8)) (i64.const 0x0706050403020100))
(assert_return (invoke "word" (i32.const 16)) (i64.const 0x0f0e0d0c0b0a0908))
(assert_return (invoke "word" (i32.const 24)) (i64.const 0x1f1e1d1c13121110))
;; Backwards by 1 and by 8
(invoke "copy" (i32.const 0) (i32.const 1) (i32.const 15))
(assert_return (invoke "word" (i32.const 0)) (i64.const 0x0807060504030201))
(assert_return (invoke "word" (i32.const 8)) (i64.const 0x0f0f0e0d0c0b0a09))
(invoke "copy" (i32.const 3) (i32.const 11) (i32.const 20))
(assert_return (invoke "word" (i32.const 0)) (i64.const 0x0f0e0d0c0b020100))
(assert_return (invoke "word" (i32.const 8)) (i64.const 0x1716151413121110))
(assert_return (invoke "word" (i32.const 16)) (i64.const 0x171e1d1c1b1a1918))
;; Onto itself
(invoke "copy" (i32.const 5) (i32.const 5) (i32.const 20))
(assert_return (invoke "word" (i32.const 8)) (i64.const 0x0f0e0d0c0b0a0908))

;; Out of bounds on either side: no byte changes.
(assert_trap (invoke "copy" (i32.const 65529) (i32.const 8) (i32.const 8)) "out of bounds memory access")
(assert_return (invoke "last") (i64.const 0))
(assert_trap (invoke "copy" (i32.const 8) (i32.const 65529) (i32.const 8)) "out of bounds memory access")
(assert_return (invoke "word" (i32.const 8)) (i64.const 0x0f0e0d0c0b0a0908))
(assert_trap (invoke "copy" (i32.const 65537) (i32.const 0) (i32.const 0)) "out of bounds memory access")
