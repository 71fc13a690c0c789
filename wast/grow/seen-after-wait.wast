;; title:    what a thread has grown is there for those who wait for it to end
;; spec:     exec-memory.grow
;; features: threads
;; threads:  2
;; why:      WAMR #2078, wazero #1927

(module $Mem (memory (export "memory") 1 3 shared))
(register "mem" $Mem)
(module $Main
  (memory (import "mem" "memory") 1 3 shared)
  (func (export "size") (result i32) (memory.size))
  (func (export "load") (param i32) (result i32) (i32.load (local.get 0)))
  (func (export "atomic.load") (param i32) (result i32) (i32.atomic.load (local.get 0)))
  (func (export "fill") (param i32) (memory.fill (local.get 0) (i32.const 1) (i32.const 65536)))
)
(assert_return (invoke $Main "size") (i32.const 1))
(assert_trap (invoke $Main "load" (i32.const 65536)) "out of bounds memory access")

(thread $T (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 3 shared)
    (func (export "grow") (result i32)
      (memory.grow (i32.const 2))
      (i32.store (i32.const 131068) (i32.const 7)))
  )
  (assert_return (invoke "grow") (i32.const 1))
)
(wait $T)

(assert_return (invoke $Main "size") (i32.const 3))
(assert_return (invoke $Main "load" (i32.const 131068)) (i32.const 7))
(assert_return (invoke $Main "atomic.load" (i32.const 131068)) (i32.const 7))
(assert_return (invoke $Main "load" (i32.const 65536)) (i32.const 0))
(assert_return (invoke $Main "atomic.load" (i32.const 196604)) (i32.const 0))
(invoke $Main "fill" (i32.const 131072))
(assert_return (invoke $Main "load" (i32.const 196604)) (i32.const 0x01010101))
