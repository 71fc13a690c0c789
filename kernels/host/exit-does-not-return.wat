;; title:    no instruction behind proc_exit is executed, in a child or in the main thread
;; spec:     wasi-threads
;; features: threads
;; threads:  2
;; exit:     4
;; why:      WAMR #1910

;; Should the child go on, it wakes the main thread, which exits with another status.
(module
  (import "wasi" "thread-spawn" (func $spawn (param $argument i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param $status i32)))
  (import "env" "memory" (memory 1 2 shared))
  (export "memory" (memory 0))
  (func (export "wasi_thread_start") (param $id i32) (param $argument i32)
    (call $exit (i32.const 4))
    (drop (i32.atomic.rmw.add (i32.const 64) (i32.const 1)))
    (drop (memory.atomic.notify (i32.const 64) (i32.const 1))))
  (func (export "_start")
    (if (i32.le_s (call $spawn (i32.const 0)) (i32.const 0)) (then (unreachable)))
    (drop (memory.atomic.wait32 (i32.const 64) (i32.const 0) (i64.const -1)))
    (call $exit (i32.const 1)))
)
