;; title:    no atomic instruction is constant
;; spec:     valid-constant
;; features: threads
;; threads:  1

(assert_invalid
  (module (memory 1 1 shared) (global i32 (i32.atomic.load (i32.const 0))))
  "constant expression required")
(assert_invalid
  (module (memory 1 1 shared) (global i64 (i64.atomic.rmw.add (i32.const 0) (i64.const 0))))
  "constant expression required")
(assert_invalid
  (module (memory 1 1 shared)
    (global i32 (i32.atomic.rmw.cmpxchg (i32.const 0) (i32.const 0) (i32.const 0))))
  "constant expression required")
(assert_invalid
  (module (memory 1 1 shared) (global i32 (memory.atomic.notify (i32.const 0) (i32.const 0))))
  "constant expression required")
(assert_invalid
  (module (memory 1 1 shared)
    (global i32 (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const 0))))
  "constant expression required")
(assert_invalid (module (global i32 (atomic.fence) (i32.const 0))) "constant expression required")
(assert_invalid
  (module (memory 1 1 shared) (data (i32.atomic.load8_u (i32.const 0)) "\00"))
  "constant expression required")
(assert_invalid
  (module (memory 1 1 shared) (data (memory.grow (i32.const 0)) "\00"))
  "constant expression required")
(assert_invalid
  (module (memory 1 1 shared) (table 1 funcref) (func $f) (elem (i32.atomic.load (i32.const 0)) $f))
  "constant expression required")
