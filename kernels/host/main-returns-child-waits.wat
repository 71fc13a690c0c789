;; title:    a program whose main thread returns ends with status 0, though a child waits for ever
;; spec:     wasi-threads
;; features: threads
;; threads:  2
;; exit:     0
;; why:      wasi-threads #46, wasi-threads #21, WAMR #2529, WAMR #2524

(module
  (import "wasi" "thread-spawn" (func $spawn (param $argument i32) (result i32)))
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
    (drop (memory.atomic.wait32 (i32.const 64) (i32.const 0) (i64.const -1))))
  (func (export "_start")
    (call $start_child (i32.const 0)))
)
