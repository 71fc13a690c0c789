;; title:    memory.init writes part of a passive segment into shared memory, until it is dropped
;; spec:     exec-memory.init
;; features: threads
;; threads:  1

(module
  (memory 1 1 shared)
  (data $eleven "\10\11\12\13\14\15\16\17\18\19\1a")
  (func (export "init") (param $to i32) (param $from i32) (param $n i32)
    (memory.fill (i32.const 0) (i32.const 0) (i32.const 24))
    (memory.init $eleven (local.get $to) (local.get $from) (local.get $n)))
  (func (export "drop") (data.drop $eleven))
  (func (export "word") (param i32) (result i64) (i64.load (local.get 0)))
)

;; A passive segment does nothing by itself.
(assert_return (invoke "word" (i32.const 0)) (i64.const 0))
(invoke "init" (i32.const 0) (i32.const 0) (i32.const 11))
(assert_return (invoke "word" (i32.const 0)) (i64.const 0x1716151413121110))
(assert_return (invoke "word" (i32.const 8)) (i64.const 0x1a1918))
(invoke "init" (i32.const 3) (i32.const 2) (i32.const 9))
(assert_return (invoke "word" (i32.const 0)) (i64.const 0x1615141312000000))
(assert_return (invoke "word" (i32.const 8)) (i64.const 0x1a191817))
(invoke "init" (i32.const 65536) (i32.const 11) (i32.const 0))

;; Beyond the segment, beyond the memory: no byte changes.
(assert_trap (invoke "init" (i32.const 0) (i32.const 4) (i32.const 8)) "out of bounds memory access")
(assert_return (invoke "word" (i32.const 0)) (i64.const 0))
(assert_trap (invoke "init" (i32.const 65531) (i32.const 0) (i32.const 6)) "out of bounds memory access")
(assert_return (invoke "word" (i32.const 65528)) (i64.const 0))
(assert_trap (invoke "init" (i32.const 0) (i32.const -1) (i32.const 2)) "out of bounds memory access")

(invoke "drop")
(invoke "init" (i32.const 0) (i32.const 0) (i32.const 0))
(assert_trap (invoke "init" (i32.const 0) (i32.const 0) (i32.const 1)) "out of bounds memory access")
(invoke "drop")
