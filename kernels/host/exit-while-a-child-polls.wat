;; title:    proc_exit ends the program, though another thread sleeps in poll_oneoff, for an hour
;; spec:     wasi-threads
;; features: threads
;; threads:  2
;; exit:     3
;; why:      WAMR #1929, WAMR #2543

;; 128: the subscription: a name, the kind clock, the monotonic clock, the nanoseconds; 192: its event.
(module
  (import "wasi" "thread-spawn" (func $spawn (param $argument i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param $status i32)))
  (import "wasi_snapshot_preview1" "poll_oneoff"
    (func $poll (param $in i32) (param $out i32) (param $count i32) (param $n i32) (result i32)))
  (import "env" "memory" (memory 1 2 shared))
  (export "memory" (memory 0))
  ;; The child has begun: 0 counts.
  (func $begun
    (drop (i32.atomic.rmw.add (i32.const 0) (i32.const 1)))
    (drop (memory.atomic.notify (i32.const 0) (i32.const -1))))

  ;; Spawns a child and sleeps until it has begun.
  (func $start_child (param $argument i32)
    (local $before i32)
    (local.set $before (i32.atomic.load (i32.const 0)))
    (if (i32.le_s (call $spawn (local.get $argument)) (i32.const 0)) (then (unreachable)))
    (loop $until_begun
      (drop (memory.atomic.wait32 (i32.const 0) (local.get $before) (i64.const -1)))
      (br_if $until_begun (i32.eq (i32.atomic.load (i32.const 0)) (local.get $before)))))
  (func (export "wasi_thread_start") (param $id i32) (param $argument i32)
    (call $begun)
    (i64.store (i32.const 128) (i64.const 1)) (i32.store8 (i32.const 136) (i32.const 0))
    (i32.store (i32.const 144) (i32.const 1)) (i64.store (i32.const 152) (i64.const 3_600_000_000_000))
    (drop (call $poll (i32.const 128) (i32.const 192) (i32.const 1) (i32.const 240)))
    (drop (memory.atomic.wait32 (i32.const 64) (i32.const 0) (i64.const -1))))
  (func (export "_start")
    (call $start_child (i32.const 0))
    (call $exit (i32.const 3)))
)
