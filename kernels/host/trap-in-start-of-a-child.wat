;; title:    a trap in the start function of a child's instance ends the program with a trap
;; spec:     wasi-threads
;; features: threads
;; threads:  2
;; exit:     trap
;; why:      WAMR #1869

;; 0: set by the main thread, whose own start function found it clear.
(module
  (import "wasi" "thread-spawn" (func $spawn (param $argument i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param $status i32)))
  (import "env" "memory" (memory 1 2 shared))
  (export "memory" (memory 0))
  (func $begin (if (i32.atomic.load (i32.const 0)) (then (unreachable))))
  (start $begin)
  (func (export "wasi_thread_start") (param $id i32) (param $argument i32)
    (call $exit (i32.const 1)))
  (func (export "_start")
    (i32.atomic.store (i32.const 0) (i32.const 1))
    (if (i32.le_s (call $spawn (i32.const 0)) (i32.const 0)) (then (unreachable)))
    (drop (memory.atomic.wait32 (i32.const 64) (i32.const 0) (i64.const -1)))
    (call $exit (i32.const 2)))
)
