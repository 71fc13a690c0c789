;; title:    a wait on unshared memory traps, even one that would not block
;; spec:     exec-memory.atomic.waitn
;; features: threads
;; threads:  1
;; why:      binaryen #8497, threads #144, WebKit #32479

(module $defined
  (memory (export "memory") 1)
  (func (export "wait32") (param i32 i32 i64) (result i32)
    (memory.atomic.wait32 (local.get 0) (local.get 1) (local.get 2)))
  (func (export "wait64") (param i32 i64 i64) (result i32)
    (memory.atomic.wait64 (local.get 0) (local.get 1) (local.get 2)))
)

;; The value is found, with a timeout of 0, short, and none
(assert_trap (invoke "wait32" (i32.const 0) (i32.const 0) (i64.const 0)) "expected shared memory")
(assert_trap (invoke "wait32" (i32.const 0) (i32.const 0) (i64.const 1)) "expected shared memory")
(assert_trap (invoke "wait32" (i32.const 0) (i32.const 0) (i64.const -1)) "expected shared memory")
(assert_trap (invoke "wait64" (i32.const 0) (i64.const 0) (i64.const 0)) "expected shared memory")
(assert_trap (invoke "wait64" (i32.const 0) (i64.const 0) (i64.const -1)) "expected shared memory")
;; It is not found
(assert_trap (invoke "wait32" (i32.const 0) (i32.const 1) (i64.const 0)) "expected shared memory")
(assert_trap (invoke "wait32" (i32.const 0) (i32.const 1) (i64.const -1)) "expected shared memory")
(assert_trap (invoke "wait64" (i32.const 0) (i64.const 1) (i64.const 0)) "expected shared memory")
(assert_trap (invoke "wait64" (i32.const 0) (i64.const 1) (i64.const -1)) "expected shared memory")

;; An imported memory is as unshared as its definition.
(register "defined" $defined)
(module
  (memory (import "defined" "memory") 1)
  (func (export "wait32") (result i32) (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const 0)))
)
(assert_trap (invoke "wait32") "expected shared memory")
