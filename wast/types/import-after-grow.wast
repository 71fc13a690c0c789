;; title:    the size that an import of a shared memory must fit is the present one
;; spec:     match-memtype
;; features: threads
;; threads:  1

;; Any grow may fail, but no script can say what follows then: this one wants it to succeed, and a runner whose runtime has not
;; three pages to give leaves it out.
(module $M
  (memory (export "memory") 1 4 shared)
  (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
)
(register "M" $M)
(assert_unlinkable (module (memory (import "M" "memory") 2 4 shared)) "incompatible import type")

(assert_return (invoke $M "grow" (i32.const 2)) (i32.const 1))
(module (memory (import "M" "memory") 1 4 shared))
(module (memory (import "M" "memory") 3 4 shared))
(assert_unlinkable (module (memory (import "M" "memory") 4 4 shared)) "incompatible import type")
;; The maximum stays.
(assert_unlinkable (module (memory (import "M" "memory") 3 3 shared)) "incompatible import type")
