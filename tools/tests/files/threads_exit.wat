;; A wasi-threads program: one thread spins, one waits for ever, and the main thread ends the program with status 3.
(module
  (import "wasi" "thread-spawn" (func $spawn (param i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (import "env" "memory" (memory 1 1 shared))
  (export "memory" (memory 0))
  (func (export "wasi_thread_start") (param $id i32) (param $argument i32)
    (drop (i32.atomic.rmw.add (i32.const 0) (i32.const 1)))
    (drop (memory.atomic.notify (i32.const 0) (i32.const 1)))
    (if (local.get $argument)
      (then (loop $forever (br $forever))))
    (drop (memory.atomic.wait32 (i32.const 8) (i32.const 0) (i64.const -1))))
  (func (export "_start")
    (if (i32.lt_s (call $spawn (i32.const 0)) (i32.const 0)) (then (unreachable)))
    (if (i32.lt_s (call $spawn (i32.const 1)) (i32.const 0)) (then (unreachable)))
    (loop $until_both_run
      (drop (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const 1000000)))
      (br_if $until_both_run (i32.lt_u (i32.atomic.load (i32.const 0)) (i32.const 2))))
    (call $exit (i32.const 3))))
