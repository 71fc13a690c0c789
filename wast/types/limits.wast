;; title:    the limits of a shared memory go from nothing to all of 4 GiB
;; spec:     valid-limits
;; features: threads
;; threads:  1

;; Types that no memory here has, so that none of that size is made: they are valid, and do not match.
(module $M (memory (export "memory") 0 0 shared))
(register "M" $M)
(module (memory (import "M" "memory") 0 0 shared))
(module (memory (import "M" "memory") 0 65536 shared))
(assert_unlinkable (module (memory (import "M" "memory") 65536 65536 shared)) "incompatible import type")
(assert_unlinkable (module (memory (import "M" "memory") 65535 65536 shared)) "incompatible import type")
(assert_unlinkable (module (memory (import "M" "memory") 1 1 shared)) "incompatible import type")

(assert_invalid (module (memory 0 65537 shared)) "memory size must be at most 65536 pages (4GiB)")
(assert_invalid (module (memory 65537 65537 shared)) "memory size must be at most 65536 pages (4GiB)")
(assert_invalid (module (memory 0 0xffffffff shared)) "memory size must be at most 65536 pages (4GiB)")
(assert_invalid (module (memory (import "M" "memory") 0 65537 shared)) "memory size must be at most 65536 pages (4GiB)")
(assert_invalid (module (memory 1 0 shared)) "size minimum must not be greater than maximum")
(assert_invalid (module (memory 65536 65535 shared)) "size minimum must not be greater than maximum")
(assert_invalid (module (memory (import "M" "memory") 2 1 shared)) "size minimum must not be greater than maximum")
