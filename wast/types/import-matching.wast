;; title:    an imported memory is shared if and only if its definition is, and its limits fit
;; spec:     match-memtype
;; features: threads
;; threads:  1
;; why:      threads #17, emscripten #13142

(module $M
  (memory (export "shared 1 2") 1 2 shared)
)
(register "shared" $M)
(module $U
  (memory (export "1 2") 1 2)
)
(register "unshared" $U)
(module $N
  (memory (export "1") 1)
)
(register "no maximum" $N)

(module (memory (import "shared" "shared 1 2") 1 2 shared))
(module (memory (import "shared" "shared 1 2") 0 2 shared))
(module (memory (import "shared" "shared 1 2") 1 3 shared))
(module (memory (import "shared" "shared 1 2") 0 65536 shared))
(module (memory (import "unshared" "1 2") 1 2))
(module (memory (import "unshared" "1 2") 1))

;; Shared for unshared
(assert_unlinkable (module (memory (import "shared" "shared 1 2") 1 2)) "incompatible import type")
(assert_unlinkable (module (memory (import "shared" "shared 1 2") 1)) "incompatible import type")
(assert_unlinkable (module (memory (import "shared" "shared 1 2") 0)) "incompatible import type")
;; Unshared for shared
(assert_unlinkable (module (memory (import "unshared" "1 2") 1 2 shared)) "incompatible import type")
(assert_unlinkable (module (memory (import "unshared" "1 2") 0 65536 shared)) "incompatible import type")
(assert_unlinkable (module (memory (import "no maximum" "1") 1 2 shared)) "incompatible import type")
;; Too small
(assert_unlinkable (module (memory (import "shared" "shared 1 2") 2 2 shared)) "incompatible import type")
(assert_unlinkable (module (memory (import "shared" "shared 1 2") 2 3 shared)) "incompatible import type")
;; May grow too large
(assert_unlinkable (module (memory (import "shared" "shared 1 2") 1 1 shared)) "incompatible import type")
(assert_unlinkable (module (memory (import "shared" "shared 1 2") 0 1 shared)) "incompatible import type")
;; Not a memory at all
(assert_unlinkable (module (table (import "shared" "shared 1 2") 1 2 funcref)) "incompatible import type")
