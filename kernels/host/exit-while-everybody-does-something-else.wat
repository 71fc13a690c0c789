;; title:    proc_exit ends the program, though one thread waits, one loops, one reads and one polls
;; spec:     wasi-threads
;; features: threads
;; threads:  5
;; exit:     9
;; why:      WAMR #1910, WAMR #1929, WAMR #1988, WAMR #2543

;; 320: a list of one buffer; 128: a subscription to the monotonic clock.
(module
  (import "wasi" "thread-spawn" (func $spawn (param $argument i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param $status i32)))
  (import "wasi_snapshot_preview1" "fd_read"
    (func $read (param $fd i32) (param $iovecs i32) (param $count i32) (param $n i32) (result i32)))
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
    (if (i32.eq (local.get $argument) (i32.const 1)) (then (drop (memory.atomic.wait32 (i32.const 64) (i32.const 0) (i64.const -1)))))
    (if (i32.eq (local.get $argument) (i32.const 2)) (then (loop $forever (br $forever))))
    (if (i32.eq (local.get $argument) (i32.const 3))
      (then
        (i32.store (i32.const 320) (i32.const 256)) (i32.store (i32.const 324) (i32.const 16))
        (drop (call $read (i32.const 0) (i32.const 320) (i32.const 1) (i32.const 328)))))
    (if (i32.eq (local.get $argument) (i32.const 4))
      (then
        (i64.store (i32.const 128) (i64.const 1)) (i32.store8 (i32.const 136) (i32.const 0))
        (i32.store (i32.const 144) (i32.const 1)) (i64.store (i32.const 152) (i64.const 3_600_000_000_000))
        (drop (call $poll (i32.const 128) (i32.const 192) (i32.const 1) (i32.const 240)))))
    (drop (memory.atomic.wait32 (i32.const 64) (i32.const 0) (i64.const -1))))
  (func (export "_start")
    (call $start_child (i32.const 1)) (call $start_child (i32.const 2))
    (call $start_child (i32.const 3)) (call $start_child (i32.const 4))
    (call $exit (i32.const 9)))
)
