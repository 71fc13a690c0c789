;; title:    an imported memory has the address type, the sharedness and the limits of its definition
;; spec:     match-memtype
;; features: threads memory64
;; threads:  1

;; The same limits with either address type, shared and not.
(module $S64 (memory (export "memory") i64 1 2 shared))
(register "shared 64" $S64)
(module $S32 (memory (export "memory") 1 2 shared))
(register "shared 32" $S32)
(module $U64 (memory (export "memory") i64 1 2))
(register "unshared 64" $U64)

(module (memory (import "shared 64" "memory") i64 1 2 shared))
(module (memory (import "shared 64" "memory") i64 0 0x1000000000000 shared))
(module (memory (import "shared 32" "memory") i32 1 2 shared))
(module (memory (import "unshared 64" "memory") i64 1))

;; Another address type
(assert_unlinkable (module (memory (import "shared 64" "memory") 1 2 shared)) "incompatible import type")
(assert_unlinkable (module (memory (import "shared 64" "memory") i32 0 65536 shared)) "incompatible import type")
(assert_unlinkable (module (memory (import "shared 32" "memory") i64 1 2 shared)) "incompatible import type")
(assert_unlinkable (module (memory (import "unshared 64" "memory") 1 2)) "incompatible import type")
;; Shared for unshared, and the reverse
(assert_unlinkable (module (memory (import "shared 64" "memory") i64 1 2)) "incompatible import type")
(assert_unlinkable (module (memory (import "shared 64" "memory") i64 1)) "incompatible import type")
(assert_unlinkable (module (memory (import "unshared 64" "memory") i64 1 2 shared)) "incompatible import type")
;; Both
(assert_unlinkable (module (memory (import "shared 64" "memory") 1 2)) "incompatible import type")
(assert_unlinkable (module (memory (import "shared 32" "memory") i64 1)) "incompatible import type")
;; Too small, and may grow too large
(assert_unlinkable (module (memory (import "shared 64" "memory") i64 2 2 shared)) "incompatible import type")
(assert_unlinkable (module (memory (import "shared 64" "memory") i64 1 1 shared)) "incompatible import type")
;; A limit of 2^32 pages and more is not cut.
(assert_unlinkable
  (module (memory (import "shared 64" "memory") i64 0x100000001 0x100000002 shared))
  "incompatible import type")

;; What a shared memory needs, whatever its addresses are
(assert_invalid (module (memory i64 0x1000000000001 0x1000000000001 shared)) "memory size must be at most")
(assert_invalid (module (memory i64 2 1 shared)) "size minimum must not be greater than maximum")
