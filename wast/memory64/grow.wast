;; title:    memory.grow of a shared 64-bit memory takes and gives an i64, and -1 when it fails
;; spec:     exec-memory.grow
;; features: threads memory64
;; threads:  1

;; A grow within the limits may fail; then the size is as before. One beyond them must.
(module
  (memory i64 1 3 shared)
  (func (export "size") (result i64) (memory.size))
  (func (export "grow") (param i64) (result i64) (memory.grow (local.get 0)))
  ;; Grows by $delta: whether it gave the old size and the new one is larger by $delta, or it failed.
  (func (export "grow is right") (param $delta i64) (result i32)
    (local $old i64) (local $result i64)
    (local.set $old (memory.size))
    (local.set $result (memory.grow (local.get $delta)))
    (if (i64.eq (local.get $result) (i64.const -1)) (then (return (i64.eq (memory.size) (local.get $old)))))
    (i32.and
      (i64.eq (local.get $result) (local.get $old))
      (i64.eq (memory.size) (i64.add (local.get $old) (local.get $delta)))))
  ;; The last word of the memory can be used, the one behind it cannot.
  (func (export "add to the last") (param i64) (result i64)
    (i64.atomic.rmw.add (i64.sub (i64.mul (memory.size) (i64.const 65536)) (i64.const 8)) (local.get 0)))
  (func (export "add behind the last") (result i64)
    (i64.atomic.rmw.add (i64.mul (memory.size) (i64.const 65536)) (i64.const 1)))
)

(assert_return (invoke "size") (i64.const 1))
(assert_return (invoke "grow" (i64.const 0)) (either (i64.const 1) (i64.const -1)))
(assert_return (invoke "grow" (i64.const 3)) (i64.const -1))
(assert_return (invoke "grow" (i64.const -1)) (i64.const -1))
(assert_return (invoke "grow" (i64.const 0x100000000)) (i64.const -1))
(assert_return (invoke "grow" (i64.const 0x100000001)) (i64.const -1))
(assert_return (invoke "grow" (i64.const 0x8000000000000000)) (i64.const -1))
(assert_return (invoke "size") (i64.const 1))
(assert_return (invoke "add to the last" (i64.const 5)) (i64.const 0))
(assert_trap (invoke "add behind the last") "out of bounds memory access")
(assert_return (invoke "grow is right" (i64.const 1)) (i32.const 1))
(assert_trap (invoke "add behind the last") "out of bounds memory access")
(assert_return (invoke "grow is right" (i64.const 1)) (i32.const 1))
(assert_return (invoke "grow" (i64.const 3)) (i64.const -1))
(assert_trap (invoke "add behind the last") "out of bounds memory access")
