;; title:    the host module spectest has a shared memory of type 1 2 shared
;; spec:     match-memtype
;; features: threads
;; threads:  1

(module (memory (import "spectest" "shared_memory") 1 2 shared))
(module (memory (import "spectest" "shared_memory") 0 3 shared))
(module (import "spectest" "shared_memory" (memory 1 4 shared)))
(module (memory (import "spectest" "memory") 1 2))

(assert_unlinkable (module (memory (import "spectest" "shared_memory") 1)) "incompatible import type")
(assert_unlinkable (module (memory (import "spectest" "shared_memory") 1 2)) "incompatible import type")
(assert_unlinkable (module (memory (import "spectest" "memory") 1 2 shared)) "incompatible import type")
(assert_unlinkable (module (memory (import "spectest" "shared_memory") 2 2 shared)) "incompatible import type")
(assert_unlinkable (module (memory (import "spectest" "shared_memory") 1 1 shared)) "incompatible import type")
