;; title:    a line that one fd_write writes is whole, whatever other threads write
;; spec:     wasi-threads
;; features: threads
;; threads:  4
;; exit:     0

;; Each of four threads writes 50 lines of one letter. 0: how many children have ended.
(module
  (import "wasi" "thread-spawn" (func $spawn (param $argument i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param $status i32)))
  (import "wasi_snapshot_preview1" "fd_write"
    (func $write (param $fd i32) (param $iovecs i32) (param $count i32) (param $n i32) (result i32)))
  (import "env" "memory" (memory 1 2 shared))
  (export "memory" (memory 0))
  ;; Sleeps until $n children have counted themselves at 0.
  (func $until (param $n i32)
    (local $now i32)
    (loop $again
      (if (i32.lt_u (local.tee $now (i32.atomic.load (i32.const 0))) (local.get $n))
        (then
          (drop (memory.atomic.wait32 (i32.const 0) (local.get $now) (i64.const -1)))
          (br $again)))))

  ;; Writes the line at $at, 32 bytes, 50 times; $list: room for a list of one buffer and a number.
  (func $lines (param $at i32) (param $list i32) (param $letter i32)
    (local $n i32)
    (memory.fill (local.get $at) (local.get $letter) (i32.const 31))
    (i32.store8 offset=31 (local.get $at) (i32.const 10))
    (i32.store (local.get $list) (local.get $at))
    (i32.store offset=4 (local.get $list) (i32.const 32))
    (loop $next
      (if (call $write (i32.const 1) (local.get $list) (i32.const 1) (i32.add (local.get $list) (i32.const 8)))
        (then (call $exit (i32.const 1))))
      (if (i32.ne (i32.load offset=8 (local.get $list)) (i32.const 32)) (then (call $exit (i32.const 2))))
      (br_if $next (i32.lt_u (local.tee $n (i32.add (local.get $n) (i32.const 1))) (i32.const 50)))))
  (func (export "wasi_thread_start") (param $id i32) (param $argument i32)
    (call $lines
      (i32.add (i32.const 1024) (i32.mul (local.get $argument) (i32.const 64)))
      (i32.add (i32.const 2048) (i32.mul (local.get $argument) (i32.const 16)))
      (i32.add (i32.const 97) (local.get $argument)))
    (drop (i32.atomic.rmw.add (i32.const 0) (i32.const 1)))
    (drop (memory.atomic.notify (i32.const 0) (i32.const 1))))
  (func (export "_start")
    (local $n i32)
    (loop $next
      (if (i32.le_s (call $spawn (local.get $n)) (i32.const 0)) (then (call $exit (i32.const 3))))
      (br_if $next (i32.lt_u (local.tee $n (i32.add (local.get $n) (i32.const 1))) (i32.const 3))))
    (call $lines (i32.const 1216) (i32.const 2096) (i32.const 100))
    (call $until (i32.const 3)))
)
