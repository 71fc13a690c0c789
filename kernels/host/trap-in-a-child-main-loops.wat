;; title:    a trap in a child ends the program with a trap, though the main thread runs in an endless loop
;; spec:     wasi-threads
;; features: threads
;; threads:  2
;; exit:     trap
;; why:      WAMR #1869, WAMR #1909, wasmer #5153

(module
  (import "wasi" "thread-spawn" (func $spawn (param $argument i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param $status i32)))
  (import "env" "memory" (memory 1 2 shared))
  (export "memory" (memory 0))
  (func (export "wasi_thread_start") (param $id i32) (param $argument i32)
    (unreachable))
  (func (export "_start")
    (if (i32.le_s (call $spawn (i32.const 0)) (i32.const 0)) (then (unreachable)))
    (loop $forever (br $forever)))
)
