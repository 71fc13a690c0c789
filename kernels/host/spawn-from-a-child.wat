;; title:    a child can spawn a child, and so on
;; spec:     wasi-threads
;; features: threads
;; threads:  5
;; exit:     0

;; The argument is how many more are to come. 0: how many have ended.
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
    (if (local.get $argument)
      (then
        (loop $until_room
          (br_if $until_room
            (i32.le_s (call $spawn (i32.sub (local.get $argument) (i32.const 1))) (i32.const 0))))))
    (drop (i32.atomic.rmw.add (i32.const 0) (i32.const 1)))
    (drop (memory.atomic.notify (i32.const 0) (i32.const 1))))
  (func (export "_start")
    (if (i32.le_s (call $spawn (i32.const 3)) (i32.const 0)) (then (unreachable)))
    (call $until (i32.const 4))
    (if (i32.ne (i32.atomic.load (i32.const 0)) (i32.const 4)) (then (call $exit (i32.const 1)))))
)
