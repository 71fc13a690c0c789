;; title:    a wait with timeout 0 that finds its expected value returns 2
;; spec:     exec-memory.atomic.waitn
;; features: threads
;; threads:  1
;; why:      binaryen #6408, binaryen #6452

(module
  (memory 1 1 shared)
  (data (i32.const 16) "\ff\ff\ff\ff\ff\ff\ff\7f")
  (func (export "wait32") (param i32 i32) (result i32)
    (memory.atomic.wait32 (local.get 0) (local.get 1) (i64.const 0)))
  (func (export "wait64") (param i32 i64) (result i32)
    (memory.atomic.wait64 (local.get 0) (local.get 1) (i64.const 0)))
  (func (export "notify") (param i32) (result i32) (memory.atomic.notify (local.get 0) (i32.const -1)))
)

(assert_return (invoke "wait32" (i32.const 0) (i32.const 0)) (i32.const 2))
(assert_return (invoke "wait64" (i32.const 0) (i64.const 0)) (i32.const 2))
(assert_return (invoke "wait32" (i32.const 16) (i32.const -1)) (i32.const 2))
(assert_return (invoke "wait64" (i32.const 16) (i64.const 0x7fffffffffffffff)) (i32.const 2))

;; It has not stayed in the queue.
(assert_return (invoke "notify" (i32.const 0)) (i32.const 0))
(assert_return (invoke "notify" (i32.const 16)) (i32.const 0))
