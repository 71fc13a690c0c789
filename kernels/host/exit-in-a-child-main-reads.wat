;; title:    proc_exit in a child ends the program, though the main thread reads standard input, where nothing comes
;; spec:     wasi-threads
;; features: threads
;; threads:  2
;; exit:     7
;; why:      WAMR #1910, WAMR #2543

;; 128: a list of one buffer, 16 bytes at 256. Should there be input, or its end, the main thread waits for ever
;; instead.
(module
  (import "wasi" "thread-spawn" (func $spawn (param $argument i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param $status i32)))
  (import "wasi_snapshot_preview1" "fd_read"
    (func $read (param $fd i32) (param $iovecs i32) (param $count i32) (param $n i32) (result i32)))
  (import "env" "memory" (memory 1 2 shared))
  (export "memory" (memory 0))
  (func (export "wasi_thread_start") (param $id i32) (param $argument i32)
    (call $exit (i32.const 7))
    (unreachable))
  (func (export "_start")
    (if (i32.le_s (call $spawn (i32.const 0)) (i32.const 0)) (then (unreachable)))
    (i32.store (i32.const 128) (i32.const 256)) (i32.store (i32.const 132) (i32.const 16))
    (drop (call $read (i32.const 0) (i32.const 128) (i32.const 1) (i32.const 136)))
    (drop (memory.atomic.wait32 (i32.const 64) (i32.const 0) (i64.const -1)))
    (unreachable))
)
