;; title:    a thread that has ended is in no queue any more
;; spec:     exec-memory.atomic.notify
;; features: threads
;; threads:  2
;; needs:    wait timeout
;; why:      emscripten #27492, emscripten #27501

(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)

(thread $Waiter (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func (export "time out") (result i32) (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const 1000)))
  )
  (assert_return (invoke "time out") (i32.const 2))
)
(wait $Waiter)
(module
  (memory (import "mem" "memory") 1 1 shared)
  (func (export "notify") (result i32) (memory.atomic.notify (i32.const 0) (i32.const -1)))
)
(assert_return (invoke "notify") (i32.const 0))
