;; title:    a shared memory has a maximum
;; spec:     valid-memtype
;; features: threads
;; threads:  1
;; why:      WasmEdge #1193, wabt #632

(module (memory 0 0 shared))
(module (memory 1 1 shared))
(module (memory 1 65536 shared))
(module (memory $m (export "m") 0 1 shared))
(module (memory (import "spectest" "shared_memory") 1 2 shared))

(assert_invalid (module (memory 0 shared)) "shared memory must have maximum")
(assert_invalid (module (memory 1 shared)) "shared memory must have maximum")
(assert_invalid (module (memory (export "m") 1 shared)) "shared memory must have maximum")
(assert_invalid (module (memory (import "spectest" "shared_memory") 1 shared)) "shared memory must have maximum")
(assert_invalid
  (module (import "spectest" "shared_memory" (memory 1 shared)))
  "shared memory must have maximum")

;; The other rules hold for shared memories too.
(assert_invalid (module (memory 2 1 shared)) "size minimum must not be greater than maximum")
(assert_invalid (module (memory 65537 65537 shared)) "memory size must be at most 65536 pages (4GiB)")
(assert_invalid (module (memory 0 65537 shared)) "memory size must be at most 65536 pages (4GiB)")
