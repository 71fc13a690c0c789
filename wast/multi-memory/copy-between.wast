;; title:    memory.copy works between shared and unshared, 32-bit and 64-bit memories
;; spec:     exec-memory.copy
;; features: threads multi-memory memory64
;; threads:  1

;; $u is unshared with 32-bit addresses, $s shared with 32-bit, $l shared with 64-bit ones. Where one of the two has 32-bit
;; addresses the length is an i32. $s has two pages, the others have one.
(module
  (memory $u 1)
  (memory $s 2 2 shared)
  (memory $l i64 1 1 shared)
  (data (memory $u) (i32.const 16) "\11\12\13\14\15\16\17\18")
  (data (memory $s) (i32.const 16) "\21\22\23\24\25\26\27\28")
  (data (memory $l) (i64.const 16) "\31\32\33\34\35\36\37\38")
  (func (export "u") (param i32) (result i64) (i64.load $u (local.get 0)))
  (func (export "s") (param i32) (result i64) (i64.load $s (local.get 0)))
  (func (export "l") (param i64) (result i64) (i64.load $l (local.get 0)))
  (func (export "u<-s") (param i32 i32 i32) (memory.copy $u $s (local.get 0) (local.get 1) (local.get 2)))
  (func (export "s<-u") (param i32 i32 i32) (memory.copy $s $u (local.get 0) (local.get 1) (local.get 2)))
  (func (export "u<-l") (param i32 i64 i32) (memory.copy $u $l (local.get 0) (local.get 1) (local.get 2)))
  (func (export "l<-u") (param i64 i32 i32) (memory.copy $l $u (local.get 0) (local.get 1) (local.get 2)))
  (func (export "s<-l") (param i32 i64 i32) (memory.copy $s $l (local.get 0) (local.get 1) (local.get 2)))
  (func (export "l<-s") (param i64 i32 i32) (memory.copy $l $s (local.get 0) (local.get 1) (local.get 2)))
  (func (export "l<-l") (param i64 i64 i64) (memory.copy $l $l (local.get 0) (local.get 1) (local.get 2)))
)

(invoke "u<-s" (i32.const 32) (i32.const 16) (i32.const 7))
(assert_return (invoke "u" (i32.const 32)) (i64.const 0x0027262524232221))
(invoke "s<-u" (i32.const 32) (i32.const 16) (i32.const 7))
(assert_return (invoke "s" (i32.const 32)) (i64.const 0x0017161514131211))
(invoke "u<-l" (i32.const 48) (i64.const 17) (i32.const 7))
(assert_return (invoke "u" (i32.const 48)) (i64.const 0x0038373635343332))
(invoke "l<-u" (i64.const 32) (i32.const 16) (i32.const 7))
(assert_return (invoke "l" (i64.const 32)) (i64.const 0x0017161514131211))
(invoke "s<-l" (i32.const 131065) (i64.const 16) (i32.const 7))
(assert_return (invoke "s" (i32.const 131064)) (i64.const 0x3736353433323100))
(invoke "l<-s" (i64.const 48) (i32.const 16) (i32.const 8))
(assert_return (invoke "l" (i64.const 48)) (i64.const 0x2827262524232221))
(invoke "l<-l" (i64.const 49) (i64.const 48) (i64.const 7))
(assert_return (invoke "l" (i64.const 48)) (i64.const 0x2726252423222121))

;; Each range is checked against its own memory, and before any byte is written.
(assert_trap (invoke "u<-s" (i32.const 65530) (i32.const 16) (i32.const 7)) "out of bounds memory access")
(assert_trap (invoke "u<-s" (i32.const 0) (i32.const 131066) (i32.const 7)) "out of bounds memory access")
(assert_trap (invoke "s<-u" (i32.const 0) (i32.const 65530) (i32.const 7)) "out of bounds memory access")
(assert_trap (invoke "l<-s" (i64.const 65530) (i32.const 16) (i32.const 7)) "out of bounds memory access")
(assert_trap (invoke "l<-s" (i64.const 0x100000020) (i32.const 16) (i32.const 7)) "out of bounds memory access")
(assert_trap (invoke "s<-l" (i32.const 0) (i64.const 0x100000010) (i32.const 7)) "out of bounds memory access")
(assert_trap (invoke "u<-l" (i32.const 0) (i64.const -7) (i32.const 14)) "out of bounds memory access")
(assert_trap (invoke "l<-l" (i64.const -7) (i64.const 16) (i64.const 14)) "out of bounds memory access")
(assert_return (invoke "u" (i32.const 0)) (i64.const 0))
(assert_return (invoke "u" (i32.const 65528)) (i64.const 0))
(assert_return (invoke "s" (i32.const 0)) (i64.const 0))
(assert_return (invoke "l" (i64.const 32)) (i64.const 0x0017161514131211))
;; What was read stayed as it was.
(assert_return (invoke "u" (i32.const 16)) (i64.const 0x1817161514131211))
(assert_return (invoke "s" (i32.const 16)) (i64.const 0x2827262524232221))
(assert_return (invoke "l" (i64.const 16)) (i64.const 0x3837363534333231))
