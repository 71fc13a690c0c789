;; title:    each thread's instance has a table of its own, whatever memory the instances share
;; spec:     exec-instantiation
;; features: threads
;; threads:  2

;; Both call through element 0: the thread after it has set its own to $two, the main thread meanwhile and afterwards. 0:
;; whose turn it is.
(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)

(thread $T (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (table $t 2 2 funcref)
    (elem (table $t) (i32.const 0) func $one $two)
    (func $one (result i32) (i32.const 1))
    (func $two (result i32) (i32.const 2))
    (func (export "change and call") (result i32)
      (table.copy (i32.const 0) (i32.const 1) (i32.const 1))
      (i32.atomic.store (i32.const 0) (i32.const 1))
      (loop $until_called (br_if $until_called (i32.lt_u (i32.atomic.load (i32.const 0)) (i32.const 2))))
      (call_indirect (result i32) (i32.const 0)))
  )
  (assert_return (invoke "change and call") (i32.const 2))
)

(module
  (memory (import "mem" "memory") 1 1 shared)
  (table $t 2 2 funcref)
  (elem (table $t) (i32.const 0) func $one $two)
  (func $one (result i32) (i32.const 1))
  (func $two (result i32) (i32.const 2))
  (func (export "call") (result i32)
    (loop $until_changed (br_if $until_changed (i32.eqz (i32.atomic.load (i32.const 0)))))
    (call_indirect (result i32) (i32.const 0))
    (i32.atomic.store (i32.const 0) (i32.const 2)))
)
(assert_return (invoke "call") (i32.const 1))
(wait $T)
(assert_return (invoke "call") (i32.const 1))
