;; title:    what a thread has grown is there for those who wait for it to end
;; spec:     exec-memory.grow
;; features: threads
;; threads:  2
;; why:      WAMR #2078, wazero #1927

;; The thread leaves at 0 how many pages it got, 2 or none, and a 7 in the last word of the memory.
(module $Mem (memory (export "memory") 1 3 shared))
(register "mem" $Mem)
(module $Main
  (memory (import "mem" "memory") 1 3 shared)
  (func (export "load") (param i32) (result i32) (i32.load (local.get 0)))
  (func (export "size without the new pages") (result i32) (i32.sub (memory.size) (i32.load (i32.const 0))))
  ;; Where the last page begins
  (func $last (result i32) (i32.mul (i32.load (i32.const 0)) (i32.const 65536)))
  (func (export "last word") (result i32) (i32.load offset=65532 (call $last)))
  (func (export "last word, atomically") (result i32) (i32.atomic.load offset=65532 (call $last)))
  (func (export "add to the last word") (result i32) (i32.atomic.rmw.add offset=65532 (call $last) (i32.const 1)))
  (func (export "fill the last page") (result i32)
    (local $at i32)
    (memory.fill (local.tee $at (call $last)) (i32.const 1) (i32.const 65536))
    (i32.load offset=65532 (local.get $at)))
)
(assert_return (invoke $Main "size without the new pages") (i32.const 1))
(assert_trap (invoke $Main "load" (i32.const 65536)) "out of bounds memory access")

(thread $T (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 3 shared)
    (func (export "grow")
      (if (i32.ne (memory.grow (i32.const 2)) (i32.const -1)) (then (i32.store (i32.const 0) (i32.const 2))))
      (i32.store offset=65532 (i32.mul (i32.load (i32.const 0)) (i32.const 65536)) (i32.const 7)))
  )
  (invoke "grow")
)
(wait $T)

(assert_return (invoke $Main "size without the new pages") (i32.const 1))
(assert_return (invoke $Main "last word") (i32.const 7))
(assert_return (invoke $Main "last word, atomically") (i32.const 7))
(assert_return (invoke $Main "add to the last word") (i32.const 7))
(assert_return (invoke $Main "fill the last page") (i32.const 0x01010101))
