;; title:    names that no atomic instruction has
;; spec:     text-instr-atomic-memory
;; features: threads
;; threads:  1

;; Atomic loads are never signed, narrow ones say so with _u, stores have no suffix; the rest are the names of older drafts.
(assert_malformed (module quote "(func i32.atomic.load8_s)") "unknown operator")
(assert_malformed (module quote "(func i64.atomic.load32_s)") "unknown operator")
(assert_malformed (module quote "(func i32.atomic.load8)") "unknown operator")
(assert_malformed (module quote "(func i32.atomic.load32_u)") "unknown operator")
(assert_malformed (module quote "(func i32.atomic.store8_u)") "unknown operator")
(assert_malformed (module quote "(func i32.atomic.rmw8.add)") "unknown operator")
(assert_malformed (module quote "(func i32.atomic.rmw8.add_s)") "unknown operator")
(assert_malformed (module quote "(func i32.atomic.rmw8_u.add)") "unknown operator")
(assert_malformed (module quote "(func i32.atomic.rmw32.add_u)") "unknown operator")
(assert_malformed (module quote "(func i32.atomic.rmw.nand)") "unknown operator")
(assert_malformed (module quote "(func i64.atomic.rmw.cmpxchg_u)") "unknown operator")
(assert_malformed (module quote "(func f32.atomic.load)") "unknown operator")
(assert_malformed (module quote "(func f64.atomic.store)") "unknown operator")
(assert_malformed (module quote "(func atomic.notify)") "unknown operator")
(assert_malformed (module quote "(func atomic.wake)") "unknown operator")
(assert_malformed (module quote "(func i32.atomic.wait)") "unknown operator")
(assert_malformed (module quote "(func i64.atomic.wait)") "unknown operator")
(assert_malformed (module quote "(func memory.atomic.wait)") "unknown operator")
(assert_malformed (module quote "(func memory.atomic.fence)") "unknown operator")
