;; title:    the shared memory that threads share may be imported by any names
;; spec:     wasi-threads
;; features: threads
;; threads:  2
;; exit:     0

;; 0: how many children have ended. The official tests of wasi-threads import foo.bar.
(module
  (import "wasi" "thread-spawn" (func $spawn (param $argument i32) (result i32)))
  (import "foo" "bar" (memory 1 2 shared))
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
    (drop (i32.atomic.rmw.add (i32.const 0) (i32.const 1)))
    (drop (memory.atomic.notify (i32.const 0) (i32.const 1))))
  (func (export "_start")
    (if (i32.le_s (call $spawn (i32.const 0)) (i32.const 0)) (then (unreachable)))
    (call $until (i32.const 1)))
)
