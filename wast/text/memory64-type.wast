;; title:    a shared memory type with an address type says i32 or i64, then its limits, then shared
;; spec:     text-memtype
;; features: threads memory64
;; threads:  1

(module (memory i64 1 2 shared))
(module (memory i32 1 2 shared))
(module (memory $m (export "a") (export "b") i64 0x1 0x2 shared))
(module (import "spectest" "shared_memory" (memory $m i32 1 2 shared)))
(module (memory (export "m") (import "spectest" "shared_memory") i32 1 2 shared))
(assert_unlinkable (module (memory (import "spectest" "shared_memory") i64 1 2 shared)) "incompatible import type")
(assert_invalid (module (memory i64 1 shared)) "shared memory must have maximum")

(assert_malformed (module quote "(memory i64 shared 1 2)") "unexpected token")
(assert_malformed (module quote "(memory shared i64 1 2)") "unexpected token")
(assert_malformed (module quote "(memory 1 2 i64 shared)") "unexpected token")
(assert_malformed (module quote "(memory 1 2 shared i64)") "unexpected token")
(assert_malformed (module quote "(memory i64 1 2 shared shared)") "unexpected token")
(assert_malformed (module quote "(memory i64 shared)") "unexpected token")
(assert_malformed (module quote "(memory i64 i64 1 2 shared)") "unexpected token")
(assert_malformed (module quote "(memory f64 1 2 shared)") "")
(assert_malformed (module quote "(memory i64 (import \"m\" \"m\") 1 2 shared)") "unexpected token")
