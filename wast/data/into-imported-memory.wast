;; title:    active segments are written into an imported shared memory in order, and leave the rest alone
;; spec:     exec-instantiation
;; features: threads
;; threads:  1

(module $M
  (memory (export "memory") 1 1 shared)
  (data (i32.const 8) "\f0\f1\f2\f3\f4\f5\f6\f7")
  (func (export "word") (param i32) (result i64) (i64.load (local.get 0)))
)
(register "M" $M)
(assert_return (invoke $M "word" (i32.const 8)) (i64.const 0xf7f6f5f4f3f2f1f0))

;; The second segment overwrites a part of the first; the third is empty, at the very end.
(module
  (memory (import "M" "memory") 1 1 shared)
  (data (i32.const 9) "\01\02\03\04")
  (data (i32.const 11) "\aa")
  (data (i32.const 65536) "")
)
(assert_return (invoke $M "word" (i32.const 8)) (i64.const 0xf7f6f504aa0201f0))

;; An offset that is an imported global
(module
  (global $at (import "spectest" "global_i32") i32)
  (memory (import "M" "memory") 1 1 shared)
  (data (global.get $at) "\55")
)
(assert_return (invoke $M "word" (i32.const 664)) (i64.const 0x550000))
