;; title:    what was written before thread-spawn the child reads, and what the child wrote its waiter
;; spec:     wasi-threads
;; features: threads
;; threads:  2
;; exit:     0
;; why:      wasi-threads #21

;; Plain accesses only, 50 times: 1024, 1028 for the child, 2048 and 4091, unaligned, from it; 0: how many have ended.
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
    (i32.store (i32.const 2048) (i32.add (i32.load (local.get $argument)) (i32.load offset=4 (local.get $argument))))
    (i64.store (i32.const 4091) (i64.const 0x1122334455667788))
    (drop (i32.atomic.rmw.add (i32.const 0) (i32.const 1)))
    (drop (memory.atomic.notify (i32.const 0) (i32.const 1))))
  (func (export "_start")
    (local $n i32)
    (loop $next
      (local.set $n (i32.add (local.get $n) (i32.const 1)))
      (i32.store (i32.const 1024) (local.get $n))
      (i32.store (i32.const 1028) (i32.mul (local.get $n) (i32.const 10)))
      (i64.store (i32.const 4091) (i64.const 0))
      (loop $until_room (br_if $until_room (i32.le_s (call $spawn (i32.const 1024)) (i32.const 0))))
      (call $until (local.get $n))
      (if (i32.ne (i32.load (i32.const 2048)) (i32.mul (local.get $n) (i32.const 11))) (then (call $exit (i32.const 1))))
      (if (i64.ne (i64.load (i32.const 4091)) (i64.const 0x1122334455667788)) (then (call $exit (i32.const 2))))
      (br_if $next (i32.lt_u (local.get $n) (i32.const 50)))))
)
