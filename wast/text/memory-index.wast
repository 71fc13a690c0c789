;; title:    the memory index of an atomic access stands before its offset
;; spec:     text-memarg
;; features: threads multi-memory
;; threads:  1

;; An index or a name; left out it is 0.
(module
  (memory $a 1)
  (memory $b 1 1 shared)
  (data (memory $b) (i32.const 16) "\07\00\00\00\00\00\00\00")
  (func (export "number") (result i32) (i32.atomic.load 1 offset=16 align=4 (i32.const 0)))
  (func (export "name") (result i64) (i64.atomic.load $b (i32.const 16)))
  (func (export "flat") (result i32)
    i32.const 8
    i32.const 3
    i32.atomic.rmw.add $b offset=8)
  (func (export "hexadecimal") (result i32) (i32.atomic.load 0x1 (i32.const 16)))
  (func (export "zero") (result i32) (i32.atomic.load 0 (i32.const 16)))
  (func (export "left out") (result i32) (i32.atomic.load (i32.const 16)))
  (func (export "notify") (result i32) (memory.atomic.notify $b align=4 (i32.const 16) (i32.const 1)))
  (func (export "wait") (result i32) (memory.atomic.wait32 1 offset=12 (i32.const 4) (i32.const 0) (i64.const 0)))
)

(assert_return (invoke "number") (i32.const 7))
(assert_return (invoke "name") (i64.const 7))
(assert_return (invoke "flat") (i32.const 7))
(assert_return (invoke "hexadecimal") (i32.const 10))
(assert_return (invoke "zero") (i32.const 0))
(assert_return (invoke "left out") (i32.const 0))
(assert_return (invoke "notify") (i32.const 0))
(assert_return (invoke "wait") (i32.const 1))

(assert_malformed
  (module quote "(memory 1 1 shared) (func (drop (i32.atomic.load offset=0 0 (i32.const 0))))")
  "unexpected token")
(assert_malformed
  (module quote "(memory 1 1 shared) (func (drop (i32.atomic.load $c (i32.const 0))))")
  "unknown memory")
(assert_invalid
  (module (memory 1 1 shared) (func (drop (i32.atomic.load 1 (i32.const 0)))))
  "unknown memory 1")
(assert_invalid
  (module (memory 1 1 shared) (func (drop (memory.atomic.notify 1 (i32.const 0) (i32.const 0)))))
  "unknown memory 1")
