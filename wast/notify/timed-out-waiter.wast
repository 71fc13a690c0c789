;; title:    a waiter whose timeout has passed is in no queue any more
;; spec:     exec-memory.atomic.notify
;; features: threads
;; threads:  1
;; needs:    wait timeout
;; why:      emscripten #27492, emscripten #27501

(module
  (memory 1 1 shared)
  (func (export "wait") (param i64) (result i32) (memory.atomic.wait32 (i32.const 0) (i32.const 0) (local.get 0)))
  (func (export "notify") (result i32) (memory.atomic.notify (i32.const 0) (i32.const -1)))
)
(assert_return (invoke "wait" (i64.const 1_000_000)) (i32.const 2))
(assert_return (invoke "notify") (i32.const 0))
(assert_return (invoke "wait" (i64.const 1)) (i32.const 2))
(assert_return (invoke "wait" (i64.const 1)) (i32.const 2))
(assert_return (invoke "notify") (i32.const 0))
