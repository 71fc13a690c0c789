;; title:    the argument of thread-spawn reaches the child unchanged, whatever it is
;; spec:     wasi-threads
;; features: threads
;; threads:  2
;; exit:     0

;; 256: what the child got. A spawn that fails, as the thread before may still be about to end, is tried again.
(module
  (import "wasi" "thread-spawn" (func $spawn (param $argument i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param $status i32)))
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
  (func (export "wasi_thread_start") (param $id i32) (param $argument i32)
    (i32.store (i32.const 256) (local.get $argument))
    (drop (i32.atomic.rmw.add (i32.const 0) (i32.const 1)))
    (drop (memory.atomic.notify (i32.const 0) (i32.const 1))))

  (global $n (mut i32) (i32.const 0))
  (func $pass (param $argument i32)
    (global.set $n (i32.add (global.get $n) (i32.const 1)))
    (loop $until_room (br_if $until_room (i32.le_s (call $spawn (local.get $argument)) (i32.const 0))))
    (call $until (global.get $n))
    (if (i32.ne (i32.load (i32.const 256)) (local.get $argument)) (then (call $exit (global.get $n)))))
  (func (export "_start")
    (call $pass (i32.const 0))
    (call $pass (i32.const 1))
    (call $pass (i32.const -1))
    (call $pass (i32.const 0x80000000))
    (call $pass (i32.const 0x7fffffff))
    (call $pass (i32.const 0x12345678))
    (call $pass (i32.const 65536)))
)
