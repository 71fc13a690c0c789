;; title:    where a memory type says shared
;; spec:     text-memtype
;; features: threads
;; threads:  1

(module (memory 1 2 shared))
(module (memory $m 1 2 shared) (export "m" (memory $m)))
(module (memory $m (export "a") (export "b") 0x1 0x2 shared))
(module (import "spectest" "shared_memory" (memory $m 1 2 shared)))
(module (memory $m (import "spectest" "shared_memory") 1 2 shared))
(module (memory (export "m") (import "spectest" "shared_memory") 1 2 shared))

;; After the limits and nowhere else, once, with no other word
(assert_malformed (module quote "(memory shared 1 2)") "unexpected token")
(assert_malformed (module quote "(memory 1 shared 2)") "unexpected token")
(assert_malformed (module quote "(memory 1 2 shared shared)") "unexpected token")
(assert_malformed (module quote "(memory 1 2 Shared)") "un")
(assert_malformed (module quote "(memory shared)") "unexpected token")
(assert_malformed (module quote "(import \"spectest\" \"shared_memory\" (memory shared 1 2))") "unexpected token")
(assert_malformed (module quote "(memory shared (import \"spectest\" \"shared_memory\") 1 2)") "unexpected token")
