;; title:    the largest status that proc_exit is sure to pass on is 255
;; spec:     wasi
;; features: threads
;; threads:  1
;; exit:     255

(module
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param $status i32)))
  (import "env" "memory" (memory 1 2 shared))
  (export "memory" (memory 0))
  (func (export "_start")
    (call $exit (i32.const 255)))
)
