;; title:    a thread-spawn that fails returns a negative number and starts nothing
;; spec:     wasi-threads
;; features: threads
;; threads:  101
;; exit:     0
;; why:      WAMR #1144

;; 0: how many have ended, which they do when 64 is set.
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
    (drop (memory.atomic.wait32 (i32.const 64) (i32.const 0) (i64.const -1)))
    (drop (i32.atomic.rmw.add (i32.const 0) (i32.const 1)))
    (drop (memory.atomic.notify (i32.const 0) (i32.const 1))))
  (func (export "_start")
    (local $id i32) (local $n i32)
    ;; As many as there is room for, 100 at most, all alive
    (block $full
      (loop $next
        (local.set $id (call $spawn (i32.const 0)))
        (if (i32.eqz (local.get $id)) (then (call $exit (i32.const 1))))
        (br_if $full (i32.lt_s (local.get $id) (i32.const 0)))
        (local.set $n (i32.add (local.get $n) (i32.const 1)))
        (br_if $next (i32.lt_u (local.get $n) (i32.const 100)))))
    ;; They all end, and no other.
    (i32.atomic.store (i32.const 64) (i32.const 1))
    (drop (memory.atomic.notify (i32.const 64) (i32.const -1)))
    (call $until (local.get $n))
    ;; There is room again.
    (loop $until_room (br_if $until_room (i32.lt_s (call $spawn (i32.const 0)) (i32.const 0))))
    (call $until (i32.add (local.get $n) (i32.const 1)))
    (if (i32.ne (i32.atomic.load (i32.const 0)) (i32.add (local.get $n) (i32.const 1))) (then (call $exit (i32.const 2)))))
)
