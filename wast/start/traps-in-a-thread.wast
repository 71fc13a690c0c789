;; title:    a start function that traps in a thread ends that instantiation; the thread and the others go on
;; spec:     exec-instantiation
;; features: threads
;; threads:  2
;; why:      threads #70

;; 64: set by the thread after the trap; the main thread runs until then.
(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)

(thread $T (shared (module $Mem))
  (register "mem" $Mem)
  (assert_trap
    (module
      (memory (import "mem" "memory") 1 1 shared)
      (func $start (i32.store (i32.const 128) (i32.const 7)) (unreachable))
      (start $start))
    "unreachable")
  (assert_trap
    (module
      (memory (import "mem" "memory") 1 1 shared)
      (data (i32.const 132) "\08")
      (data (i32.const 65536) "\09"))
    "out of bounds memory access")
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func (export "go on") (result i32 i32)
      (i32.atomic.store (i32.const 64) (i32.const 1))
      (i32.load (i32.const 128)) (i32.load (i32.const 132)))
  )
  (assert_return (invoke "go on") (i32.const 7) (i32.const 8))
)

(module
  (memory (import "mem" "memory") 1 1 shared)
  (func (export "run") (result i32)
    (loop $until_set (br_if $until_set (i32.eqz (i32.atomic.load (i32.const 64)))))
    (i32.load (i32.const 128)))
)
(assert_return (invoke "run") (i32.const 7))
(wait $T)
