;; title:    a memory is wide
;; spec:     valid-memtype
;; features: threads memory64
;; threads:  1

(module (memory i64 1))
