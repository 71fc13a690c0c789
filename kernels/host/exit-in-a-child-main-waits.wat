;; title:    proc_exit in a child ends the program, though the main thread waits for ever
;; spec:     wasi-threads
;; features: threads
;; threads:  2
;; exit:     5
;; why:      WAMR #1910, WAMR #1988

(module
  (import "wasi" "thread-spawn" (func $spawn (param $argument i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param $status i32)))
  (import "env" "memory" (memory 1 2 shared))
  (export "memory" (memory 0))
  (func (export "wasi_thread_start") (param $id i32) (param $argument i32)
    (call $exit (i32.const 5))
    (unreachable))
  (func (export "_start")
    (if (i32.le_s (call $spawn (i32.const 0)) (i32.const 0)) (then (unreachable)))
    (drop (memory.atomic.wait32 (i32.const 64) (i32.const 0) (i64.const -1)))
    (unreachable))
)
