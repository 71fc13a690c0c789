;; title:    each thread has an instance of its own: its globals start anew, and its table
;; spec:     wasi-threads
;; features: threads
;; threads:  3
;; exit:     0
;; why:      wasmtime #7054, wasi-libc #819

;; 0: how many children have ended.
(module
  (import "wasi" "thread-spawn" (func $spawn (param $argument i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param $status i32)))
  (import "env" "memory" (memory 1 2 shared))
  (export "memory" (memory 0))
  (global $g (mut i32) (i32.const 7))
  (table 1 funcref)
  (elem declare func $f)
  (func $f)

  ;; Sleeps until $n children have counted themselves at 0.
  (func $until (param $n i32)
    (local $now i32)
    (loop $again
      (if (i32.lt_u (local.tee $now (i32.atomic.load (i32.const 0))) (local.get $n))
        (then
          (drop (memory.atomic.wait32 (i32.const 0) (local.get $now) (i64.const -1)))
          (br $again)))))
  (func (export "wasi_thread_start") (param $id i32) (param $argument i32)
    (if (i32.ne (global.get $g) (i32.const 7)) (then (call $exit (i32.const 1))))
    (if (i32.eqz (ref.is_null (table.get 0 (i32.const 0)))) (then (call $exit (i32.const 2))))
    (global.set $g (i32.const 8))
    (table.set 0 (i32.const 0) (ref.func $f))
    (drop (i32.atomic.rmw.add (i32.const 0) (i32.const 1)))
    (drop (memory.atomic.notify (i32.const 0) (i32.const 1))))
  (func (export "_start")
    (global.set $g (i32.const 9))
    (table.set 0 (i32.const 0) (ref.func $f))
    (if (i32.le_s (call $spawn (i32.const 0)) (i32.const 0)) (then (unreachable)))
    (if (i32.le_s (call $spawn (i32.const 0)) (i32.const 0)) (then (unreachable)))
    (call $until (i32.const 2))
    (if (i32.ne (global.get $g) (i32.const 9)) (then (call $exit (i32.const 3)))))
)
