;; title:    an import that wants a shared memory takes nothing but a memory, and one that wants another thing no memory
;; spec:     exec-instantiation
;; features: threads
;; threads:  1

(module $M
  (memory (export "memory") 1 1 shared)
  (table (export "table") 1 1 funcref)
  (global (export "global") i32 (i32.const 0))
  (func (export "func"))
)
(register "M" $M)
(module
  (memory (import "M" "memory") 1 1 shared)
  (table (import "M" "table") 1 1 funcref)
  (global (import "M" "global") i32)
  (func (import "M" "func"))
)

(assert_unlinkable (module (memory (import "M" "table") 1 1 shared)) "incompatible import type")
(assert_unlinkable (module (memory (import "M" "global") 1 1 shared)) "incompatible import type")
(assert_unlinkable (module (memory (import "M" "func") 1 1 shared)) "incompatible import type")
(assert_unlinkable (module (memory (import "spectest" "print") 1 1 shared)) "incompatible import type")
(assert_unlinkable (module (table (import "M" "memory") 1 1 funcref)) "incompatible import type")
(assert_unlinkable (module (global (import "M" "memory") i32)) "incompatible import type")
(assert_unlinkable (module (func (import "M" "memory"))) "incompatible import type")
(assert_unlinkable (module (func (import "spectest" "shared_memory"))) "incompatible import type")
