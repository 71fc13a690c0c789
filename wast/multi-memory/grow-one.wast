;; title:    a grow of one memory changes neither the size nor the bounds of another
;; spec:     exec-memory.grow
;; features: threads multi-memory
;; threads:  1

;; Memory 0 is not shared, memory 1 is. A grow may fail; then nothing may change. "grow is right" gives 1 when the result and
;; both sizes fit.
(module
  (memory $a 1 4)
  (memory $b 2 5 shared)
  (func (export "sizes") (result i32 i32) (memory.size $a) (memory.size $b))
  (func (export "grow a is right") (result i32)
    (local $old i32) (local $other i32) (local $result i32)
    (local.set $old (memory.size $a)) (local.set $other (memory.size $b))
    (local.set $result (memory.grow $a (i32.const 1)))
    (i32.and (i32.eq (memory.size $b) (local.get $other))
      (i32.or
        (i32.and (i32.eq (local.get $result) (i32.const -1)) (i32.eq (memory.size $a) (local.get $old)))
        (i32.and (i32.eq (local.get $result) (local.get $old))
          (i32.eq (memory.size $a) (i32.add (local.get $old) (i32.const 1)))))))
  (func (export "grow b is right") (result i32)
    (local $old i32) (local $other i32) (local $result i32)
    (local.set $old (memory.size $b)) (local.set $other (memory.size $a))
    (local.set $result (memory.grow $b (i32.const 1)))
    (i32.and (i32.eq (memory.size $a) (local.get $other))
      (i32.or
        (i32.and (i32.eq (local.get $result) (i32.const -1)) (i32.eq (memory.size $b) (local.get $old)))
        (i32.and (i32.eq (local.get $result) (local.get $old))
          (i32.eq (memory.size $b) (i32.add (local.get $old) (i32.const 1)))))))
  (func (export "grow b beyond") (result i32) (memory.grow $b (i32.const 4)))
  ;; Grows the one, then touches the word behind the end of the other, in the same function.
  (func (export "grow b, behind a") (result i32)
    (drop (memory.grow $b (i32.const 1)))
    (i32.load $a (i32.mul (memory.size $a) (i32.const 65536))))
  (func (export "grow a, behind b") (result i32)
    (drop (memory.grow $a (i32.const 1)))
    (i32.atomic.rmw.add $b (i32.mul (memory.size $b) (i32.const 65536)) (i32.const 1)))
  (func (export "last of a") (result i32)
    (i32.atomic.load $a (i32.sub (i32.mul (memory.size $a) (i32.const 65536)) (i32.const 4))))
  (func (export "last of b") (result i32)
    (i32.atomic.load $b (i32.sub (i32.mul (memory.size $b) (i32.const 65536)) (i32.const 4))))
)

(assert_return (invoke "sizes") (i32.const 1) (i32.const 2))
(assert_return (invoke "grow b beyond") (i32.const -1))
(assert_return (invoke "sizes") (i32.const 1) (i32.const 2))
(assert_return (invoke "grow a is right") (i32.const 1))
(assert_return (invoke "grow b is right") (i32.const 1))
(assert_trap (invoke "grow b, behind a") "out of bounds memory access")
(assert_trap (invoke "grow a, behind b") "out of bounds memory access")
(assert_return (invoke "last of a") (i32.const 0))
(assert_return (invoke "last of b") (i32.const 0))
