;; title:    a memory grown through one instance is as large in another that is in the middle of a call
;; spec:     exec-memory.grow
;; features: threads
;; threads:  1
;; why:      WAMR #2078, wazero #1927

(module $A
  (memory (export "memory") 1 3 shared)
  (func (export "grow") (result i32) (memory.grow (i32.const 1)))
)
(register "A" $A)
(module $B
  (memory (import "A" "memory") 1 3 shared)
  (func $grow (import "A" "grow") (result i32))
  (func (export "store") (param i32) (i32.store (local.get 0) (i32.const 7)))
  (global $got (mut i32) (i32.const 0))
  ;; Grows through $A and writes to the new page, all in one call: the value read back, or -1 if nothing grew.
  (func (export "grow and store") (result i32)
    (local $at i32)
    (i32.store (i32.const 0) (i32.const 1))
    (local.set $at (i32.mul (memory.size) (i32.const 65536)))
    (if (i32.eq (call $grow) (i32.const -1)) (then (return (i32.const -1))))
    (global.set $got (i32.add (global.get $got) (i32.const 1)))
    (i32.store offset=65532 (local.get $at) (i32.const 7))
    (drop (i32.atomic.rmw.add offset=65532 (local.get $at) (i32.const 2)))
    (i32.load offset=65532 (local.get $at)))
  ;; Whether it is what was grown
  (func (export "size is right") (result i32) (i32.eq (memory.size) (i32.add (i32.const 1) (global.get $got))))
)

(assert_trap (invoke $B "store" (i32.const 65536)) "out of bounds memory access")
(assert_return (invoke $B "grow and store") (either (i32.const 9) (i32.const -1)))
(assert_return (invoke $B "size is right") (i32.const 1))
(assert_return (invoke $B "grow and store") (either (i32.const 9) (i32.const -1)))
(assert_return (invoke $B "size is right") (i32.const 1))
