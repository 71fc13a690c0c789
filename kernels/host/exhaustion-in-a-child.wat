;; title:    a call stack that is exhausted in a child ends the program as a trap does
;; spec:     wasi-threads
;; features: threads
;; threads:  2
;; exit:     trap
;; why:      WAMR #1869

(module
  (import "wasi" "thread-spawn" (func $spawn (param $argument i32) (result i32)))
  (import "env" "memory" (memory 1 2 shared))
  (export "memory" (memory 0))
  (func $deep (result i32) (i32.add (call $deep) (i32.const 1)))
  (func (export "wasi_thread_start") (param $id i32) (param $argument i32)
    (drop (call $deep)))
  (func (export "_start")
    (if (i32.le_s (call $spawn (i32.const 0)) (i32.const 0)) (then (unreachable)))
    (drop (memory.atomic.wait32 (i32.const 64) (i32.const 0) (i64.const -1))))
)
