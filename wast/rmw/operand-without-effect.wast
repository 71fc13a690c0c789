;; title:    an rmw whose operand changes nothing still reads, and still traps
;; spec:     exec-atomic.rmw
;; features: threads
;; threads:  1
;; why:      binaryen #8465, binaryen #8384

;; Adding nothing is the usual way to write a sequentially consistent read; it is no plain load, nor nothing at all.
(module
  (memory 1 1 shared)
  (data (i32.const 8) "\ef\be\ad\de\00\00\00\00")
  (func (export "add 0") (param i32) (result i32) (i32.atomic.rmw.add (local.get 0) (i32.const 0)))
  (func (export "sub 0") (param i32) (result i32) (i32.atomic.rmw.sub (local.get 0) (i32.const 0)))
  (func (export "and -1") (param i32) (result i32) (i32.atomic.rmw.and (local.get 0) (i32.const -1)))
  (func (export "or 0") (param i32) (result i32) (i32.atomic.rmw.or (local.get 0) (i32.const 0)))
  (func (export "xor 0") (param i32) (result i32) (i32.atomic.rmw.xor (local.get 0) (i32.const 0)))
  (func (export "or 0, unused") (param i32) (drop (i32.atomic.rmw.or (local.get 0) (i32.const 0))))
)

(assert_return (invoke "add 0" (i32.const 8)) (i32.const 0xdeadbeef))
(assert_return (invoke "sub 0" (i32.const 8)) (i32.const 0xdeadbeef))
(assert_return (invoke "and -1" (i32.const 8)) (i32.const 0xdeadbeef))
(assert_return (invoke "or 0" (i32.const 8)) (i32.const 0xdeadbeef))
(assert_return (invoke "xor 0" (i32.const 8)) (i32.const 0xdeadbeef))

(assert_trap (invoke "add 0" (i32.const 10)) "unaligned atomic")
(assert_trap (invoke "and -1" (i32.const 65536)) "out of bounds memory access")
(assert_trap (invoke "or 0, unused" (i32.const 65536)) "out of bounds memory access")
(assert_trap (invoke "or 0, unused" (i32.const 9)) "unaligned atomic")
