;; title:    the operands and the result of an atomic store have their types
;; spec:     valid-instr-atomic-memory
;; features: threads
;; threads:  1

;; The first module is as it should be. Then one operand at a time has the other integer type, and in the end
;; there is to be a result.
;; Written by tools/generate.
(module
  (memory 1 1 shared)
  (func (i32.atomic.store (i32.const 0) (i32.const 0)))
  (func (i64.atomic.store (i32.const 0) (i64.const 0)))
  (func (i32.atomic.store8 (i32.const 0) (i32.const 0)))
  (func (i32.atomic.store16 (i32.const 0) (i32.const 0)))
  (func (i64.atomic.store8 (i32.const 0) (i64.const 0)))
  (func (i64.atomic.store16 (i32.const 0) (i64.const 0)))
  (func (i64.atomic.store32 (i32.const 0) (i64.const 0)))
)

(assert_invalid (module (memory 1 1 shared) (func (i32.atomic.store (i64.const 0) (i32.const 0))))
  "type mismatch")
(assert_invalid (module (memory 1 1 shared) (func (i32.atomic.store (i32.const 0) (i64.const 0))))
  "type mismatch")
(assert_invalid (module (memory 1 1 shared) (func (result i32) (i32.atomic.store (i32.const 0) (i32.const 0))))
  "type mismatch")

(assert_invalid (module (memory 1 1 shared) (func (i64.atomic.store (i64.const 0) (i64.const 0))))
  "type mismatch")
(assert_invalid (module (memory 1 1 shared) (func (i64.atomic.store (i32.const 0) (i32.const 0))))
  "type mismatch")
(assert_invalid (module (memory 1 1 shared) (func (result i32) (i64.atomic.store (i32.const 0) (i64.const 0))))
  "type mismatch")

(assert_invalid (module (memory 1 1 shared) (func (i32.atomic.store8 (i64.const 0) (i32.const 0))))
  "type mismatch")
(assert_invalid (module (memory 1 1 shared) (func (i32.atomic.store8 (i32.const 0) (i64.const 0))))
  "type mismatch")
(assert_invalid (module (memory 1 1 shared) (func (result i32) (i32.atomic.store8 (i32.const 0) (i32.const 0))))
  "type mismatch")

(assert_invalid (module (memory 1 1 shared) (func (i32.atomic.store16 (i64.const 0) (i32.const 0))))
  "type mismatch")
(assert_invalid (module (memory 1 1 shared) (func (i32.atomic.store16 (i32.const 0) (i64.const 0))))
  "type mismatch")
(assert_invalid (module (memory 1 1 shared) (func (result i32) (i32.atomic.store16 (i32.const 0) (i32.const 0))))
  "type mismatch")

(assert_invalid (module (memory 1 1 shared) (func (i64.atomic.store8 (i64.const 0) (i64.const 0))))
  "type mismatch")
(assert_invalid (module (memory 1 1 shared) (func (i64.atomic.store8 (i32.const 0) (i32.const 0))))
  "type mismatch")
(assert_invalid (module (memory 1 1 shared) (func (result i32) (i64.atomic.store8 (i32.const 0) (i64.const 0))))
  "type mismatch")

(assert_invalid (module (memory 1 1 shared) (func (i64.atomic.store16 (i64.const 0) (i64.const 0))))
  "type mismatch")
(assert_invalid (module (memory 1 1 shared) (func (i64.atomic.store16 (i32.const 0) (i32.const 0))))
  "type mismatch")
(assert_invalid (module (memory 1 1 shared) (func (result i32) (i64.atomic.store16 (i32.const 0) (i64.const 0))))
  "type mismatch")

(assert_invalid (module (memory 1 1 shared) (func (i64.atomic.store32 (i64.const 0) (i64.const 0))))
  "type mismatch")
(assert_invalid (module (memory 1 1 shared) (func (i64.atomic.store32 (i32.const 0) (i32.const 0))))
  "type mismatch")
(assert_invalid (module (memory 1 1 shared) (func (result i32) (i64.atomic.store32 (i32.const 0) (i64.const 0))))
  "type mismatch")
