;; title:    of two threads that exit with different statuses at once, the program ends with one of the two
;; spec:     wasi-threads
;; features: threads
;; threads:  3
;; exit:     3 4
;; why:      wasi-threads #17, wasi-threads #27

;; The children meet at 0 first.
(module
  (import "wasi" "thread-spawn" (func $spawn (param $argument i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param $status i32)))
  (import "env" "memory" (memory 1 2 shared))
  (export "memory" (memory 0))
  (func (export "wasi_thread_start") (param $id i32) (param $argument i32)
    (drop (i32.atomic.rmw.add (i32.const 0) (i32.const 1)))
    (loop $until_both (br_if $until_both (i32.ne (i32.atomic.load (i32.const 0)) (i32.const 2))))
    (call $exit (local.get $argument)))
  (func (export "_start")
    (if (i32.le_s (call $spawn (i32.const 3)) (i32.const 0)) (then (unreachable)))
    (if (i32.le_s (call $spawn (i32.const 4)) (i32.const 0)) (then (unreachable)))
    (drop (memory.atomic.wait32 (i32.const 64) (i32.const 0) (i64.const -1)))
    (call $exit (i32.const 5)))
)
