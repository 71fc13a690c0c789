;; title:    a wait that nobody ends returns 2 when its timeout has passed
;; spec:     exec-memory.atomic.waitn
;; features: threads
;; threads:  1
;; needs:    wait timeout
;; why:      WAMR #1038, binaryen #6450

;; Nanoseconds: the longest is a fiftieth of a second, and would be more than five hours were it in milliseconds.
(module
  (memory 1 1 shared)
  (func (export "wait32") (param i64) (result i32)
    (memory.atomic.wait32 (i32.const 8) (i32.const 0) (local.get 0)))
  (func (export "wait64") (param i64) (result i32)
    (memory.atomic.wait64 (i32.const 8) (i64.const 0) (local.get 0)))
)

(assert_return (invoke "wait32" (i64.const 1)) (i32.const 2))
(assert_return (invoke "wait64" (i64.const 1)) (i32.const 2))
(assert_return (invoke "wait32" (i64.const 999)) (i32.const 2))
(assert_return (invoke "wait64" (i64.const 1_000)) (i32.const 2))
(assert_return (invoke "wait32" (i64.const 1_000_000)) (i32.const 2))
(assert_return (invoke "wait64" (i64.const 1_000_001)) (i32.const 2))
(assert_return (invoke "wait32" (i64.const 20_000_000)) (i32.const 2))
(assert_return (invoke "wait64" (i64.const 20_000_000)) (i32.const 2))
