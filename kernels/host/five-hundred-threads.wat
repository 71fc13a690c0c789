;; title:    threads that have ended leave room for others: 500, three at a time
;; spec:     wasi-threads
;; features: threads
;; threads:  4
;; exit:     0
;; why:      WAMR #1144

;; 8: the sum of the arguments; 0: how many have ended. A spawn that fails, as the threads before may still be about to
;; end, is tried again.
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
    (drop (i64.atomic.rmw.add (i32.const 8) (i64.extend_i32_u (local.get $argument))))
    (drop (i32.atomic.rmw.add (i32.const 0) (i32.const 1)))
    (drop (memory.atomic.notify (i32.const 0) (i32.const 1))))
  (func (export "_start")
    (local $n i32)
    (loop $next
      (local.set $n (i32.add (local.get $n) (i32.const 1)))
      (if (i32.gt_u (local.get $n) (i32.const 3)) (then (call $until (i32.sub (local.get $n) (i32.const 3)))))
      (loop $until_room (br_if $until_room (i32.le_s (call $spawn (local.get $n)) (i32.const 0))))
      (br_if $next (i32.lt_u (local.get $n) (i32.const 500))))
    (call $until (i32.const 500))
    ;; 1 + 2 + … + 500
    (if (i64.ne (i64.atomic.load (i32.const 8)) (i64.const 125250)) (then (call $exit (i32.const 1)))))
)
