;; title:    memory.grow beyond the maximum returns -1 and changes nothing
;; spec:     exec-memory.grow
;; features: threads
;; threads:  1

(module
  (memory 2 3 shared)
  (data (i32.const 131064) "\2a\00\00\00\00\00\00\00")
  (func (export "size") (result i32) (memory.size))
  (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
  (func (export "load") (param i32) (result i64) (i64.atomic.load (local.get 0)))
)

(assert_return (invoke "grow" (i32.const 2)) (i32.const -1))
(assert_return (invoke "grow" (i32.const 65536)) (i32.const -1))
(assert_return (invoke "grow" (i32.const 0x7fffffff)) (i32.const -1))
(assert_return (invoke "grow" (i32.const 0x80000000)) (i32.const -1))
;; 2 + (2^32 - 1) is not 1.
(assert_return (invoke "grow" (i32.const 0xffffffff)) (i32.const -1))
(assert_return (invoke "size") (i32.const 2))
(assert_return (invoke "load" (i32.const 131064)) (i64.const 42))
(assert_trap (invoke "load" (i32.const 131072)) "out of bounds memory access")
