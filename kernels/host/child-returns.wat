;; title:    a child that returns ends nothing but itself
;; spec:     wasi-threads
;; features: threads
;; threads:  3
;; exit:     7
;; why:      wasi-threads #7

;; 0: how many have ended. When the second child has, the first still counts.
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
        ;; Counts at 8 until 64 is set.
        (loop $next
          (drop (i32.atomic.rmw.add (i32.const 8) (i32.const 1)))
          (br_if $next (i32.eqz (i32.atomic.load (i32.const 64)))))))
    (drop (i32.atomic.rmw.add (i32.const 0) (i32.const 1)))
    (drop (memory.atomic.notify (i32.const 0) (i32.const 1))))
  (func (export "_start")
    (local $before i32)
    (if (i32.le_s (call $spawn (i32.const 1)) (i32.const 0)) (then (unreachable)))
    (if (i32.le_s (call $spawn (i32.const 0)) (i32.const 0)) (then (unreachable)))
    (call $until (i32.const 1))
    (local.set $before (i32.atomic.load (i32.const 8)))
    (loop $until_counted (br_if $until_counted (i32.eq (i32.atomic.load (i32.const 8)) (local.get $before))))
    (i32.atomic.store (i32.const 64) (i32.const 1))
    (call $until (i32.const 2))
    (call $exit (i32.const 7)))
)
