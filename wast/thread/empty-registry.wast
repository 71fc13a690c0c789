;; title:    a thread starts with an empty registry, and what it registers stays with it
;; spec:     script
;; features: threads
;; threads:  2

(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)

(thread $T (shared (module $Mem))
  (assert_unlinkable
    (module (memory (import "mem" "memory") 1 1 shared))
    "unknown import")
  ;; Nor is the name of the module one that can be imported from.
  (assert_unlinkable
    (module (memory (import "Mem" "memory") 1 1 shared))
    "unknown import")
  (register "mine" $Mem)
  (module (memory (import "mine" "memory") 1 1 shared))
  (assert_unlinkable
    (module (memory (import "mem" "memory") 1 1 shared))
    "unknown import")
  ;; What the host provides is there.
  (module (memory (import "spectest" "memory") 1 2))
)
(wait $T)

(module (memory (import "mem" "memory") 1 1 shared))
(assert_unlinkable
  (module (memory (import "mine" "memory") 1 1 shared))
  "unknown import")
