;; title:    a thread without a shared clause knows none of the other's modules, and has its own
;; spec:     script
;; features: threads
;; threads:  2

(module $M (memory (export "memory") 1 1 shared) (func (export "five") (result i32) (i32.const 5)))
(register "m" $M)

(thread $T
  (assert_unlinkable (module (memory (import "m" "memory") 1 1 shared)) "unknown import")
  (module $M (func (export "six") (result i32) (i32.const 6)))
  (register "m" $M)
  (assert_return (invoke $M "six") (i32.const 6))
)
(wait $T)
(assert_return (invoke $M "five") (i32.const 5))
