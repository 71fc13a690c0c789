;; title:    the operands and the result of an rmw.and have their types
;; spec:     valid-instr-atomic-memory
;; features: threads
;; threads:  1

;; The first module is as it should be. Then one operand at a time has the other integer type, and in the end
;; the result.
;; Written by tools/generate.
(module
  (memory 1 1 shared)
  (func (result i32) (i32.atomic.rmw.and (i32.const 0) (i32.const 0)))
  (func (result i64) (i64.atomic.rmw.and (i32.const 0) (i64.const 0)))
  (func (result i32) (i32.atomic.rmw8.and_u (i32.const 0) (i32.const 0)))
  (func (result i32) (i32.atomic.rmw16.and_u (i32.const 0) (i32.const 0)))
  (func (result i64) (i64.atomic.rmw8.and_u (i32.const 0) (i64.const 0)))
  (func (result i64) (i64.atomic.rmw16.and_u (i32.const 0) (i64.const 0)))
  (func (result i64) (i64.atomic.rmw32.and_u (i32.const 0) (i64.const 0)))
)

(assert_invalid (module (memory 1 1 shared) (func (result i32) (i32.atomic.rmw.and (i64.const 0) (i32.const 0))))
  "type mismatch")
(assert_invalid (module (memory 1 1 shared) (func (result i32) (i32.atomic.rmw.and (i32.const 0) (i64.const 0))))
  "type mismatch")
(assert_invalid (module (memory 1 1 shared) (func (result i64) (i32.atomic.rmw.and (i32.const 0) (i32.const 0))))
  "type mismatch")

(assert_invalid (module (memory 1 1 shared) (func (result i64) (i64.atomic.rmw.and (i64.const 0) (i64.const 0))))
  "type mismatch")
(assert_invalid (module (memory 1 1 shared) (func (result i64) (i64.atomic.rmw.and (i32.const 0) (i32.const 0))))
  "type mismatch")
(assert_invalid (module (memory 1 1 shared) (func (result i32) (i64.atomic.rmw.and (i32.const 0) (i64.const 0))))
  "type mismatch")

(assert_invalid (module (memory 1 1 shared) (func (result i32) (i32.atomic.rmw8.and_u (i64.const 0) (i32.const 0))))
  "type mismatch")
(assert_invalid (module (memory 1 1 shared) (func (result i32) (i32.atomic.rmw8.and_u (i32.const 0) (i64.const 0))))
  "type mismatch")
(assert_invalid (module (memory 1 1 shared) (func (result i64) (i32.atomic.rmw8.and_u (i32.const 0) (i32.const 0))))
  "type mismatch")

(assert_invalid (module (memory 1 1 shared) (func (result i32) (i32.atomic.rmw16.and_u (i64.const 0) (i32.const 0))))
  "type mismatch")
(assert_invalid (module (memory 1 1 shared) (func (result i32) (i32.atomic.rmw16.and_u (i32.const 0) (i64.const 0))))
  "type mismatch")
(assert_invalid (module (memory 1 1 shared) (func (result i64) (i32.atomic.rmw16.and_u (i32.const 0) (i32.const 0))))
  "type mismatch")

(assert_invalid (module (memory 1 1 shared) (func (result i64) (i64.atomic.rmw8.and_u (i64.const 0) (i64.const 0))))
  "type mismatch")
(assert_invalid (module (memory 1 1 shared) (func (result i64) (i64.atomic.rmw8.and_u (i32.const 0) (i32.const 0))))
  "type mismatch")
(assert_invalid (module (memory 1 1 shared) (func (result i32) (i64.atomic.rmw8.and_u (i32.const 0) (i64.const 0))))
  "type mismatch")

(assert_invalid (module (memory 1 1 shared) (func (result i64) (i64.atomic.rmw16.and_u (i64.const 0) (i64.const 0))))
  "type mismatch")
(assert_invalid (module (memory 1 1 shared) (func (result i64) (i64.atomic.rmw16.and_u (i32.const 0) (i32.const 0))))
  "type mismatch")
(assert_invalid (module (memory 1 1 shared) (func (result i32) (i64.atomic.rmw16.and_u (i32.const 0) (i64.const 0))))
  "type mismatch")

(assert_invalid (module (memory 1 1 shared) (func (result i64) (i64.atomic.rmw32.and_u (i64.const 0) (i64.const 0))))
  "type mismatch")
(assert_invalid (module (memory 1 1 shared) (func (result i64) (i64.atomic.rmw32.and_u (i32.const 0) (i32.const 0))))
  "type mismatch")
(assert_invalid (module (memory 1 1 shared) (func (result i32) (i64.atomic.rmw32.and_u (i32.const 0) (i64.const 0))))
  "type mismatch")
