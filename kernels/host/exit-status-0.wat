;; title:    proc_exit with status 0 in a child is a success, and an end, though the main thread loops
;; spec:     wasi-threads
;; features: threads
;; threads:  2
;; exit:     0
;; why:      wasi-threads #17

(module
  (import "wasi" "thread-spawn" (func $spawn (param $argument i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param $status i32)))
  (import "env" "memory" (memory 1 2 shared))
  (export "memory" (memory 0))
  (func (export "wasi_thread_start") (param $id i32) (param $argument i32)
    (call $exit (i32.const 0))
    (unreachable))
  (func (export "_start")
    (if (i32.le_s (call $spawn (i32.const 0)) (i32.const 0)) (then (unreachable)))
    (loop $forever (br $forever)))
)
