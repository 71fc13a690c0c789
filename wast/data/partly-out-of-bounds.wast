;; title:    a segment out of bounds ends the instantiation with a trap; what earlier segments wrote stays
;; spec:     exec-instantiation
;; features: threads
;; threads:  1
;; why:      threads #16

(module $M
  (memory (export "memory") 1 1 shared)
  (func (export "word") (param i32) (result i64) (i64.load (local.get 0)))
)
(register "M" $M)

;; Of the failing segment no byte is written, though the first three fit, and of the one after it none.
(assert_trap
  (module
    (memory (import "M" "memory") 1 1 shared)
    (data (i32.const 8) "\01\02\03\04")
    (data (i32.const 65533) "\11\12\13\14")
    (data (i32.const 16) "\21\22\23\24"))
  "out of bounds memory access")
(assert_return (invoke $M "word" (i32.const 8)) (i64.const 0x04030201))
(assert_return (invoke $M "word" (i32.const 65528)) (i64.const 0))
(assert_return (invoke $M "word" (i32.const 16)) (i64.const 0))

(assert_trap
  (module (memory (import "M" "memory") 1 1 shared) (data (i32.const 65537) ""))
  "out of bounds memory access")
(assert_trap
  (module (memory (import "M" "memory") 1 1 shared) (data (i32.const -1) "\01"))
  "out of bounds memory access")
(assert_return (invoke $M "word" (i32.const 0)) (i64.const 0))
