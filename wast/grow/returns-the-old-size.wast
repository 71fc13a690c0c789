;; title:    memory.grow of a shared memory returns the old size and adds zeroed pages, or returns -1 and adds nothing
;; spec:     exec-memory.grow
;; features: threads
;; threads:  1

;; Any grow may fail. "grow" checks what each outcome implies: 1 if that holds.
(module
  (memory 1 8 shared)
  (func (export "grow") (param $pages i32) (result i32)
    (local $before i32) (local $old i32)
    (local.set $before (memory.size))
    (local.set $old (memory.grow (local.get $pages)))
    (if (result i32) (i32.eq (local.get $old) (i32.const -1))
      (then (i32.eq (memory.size) (local.get $before)))
      (else
        (i32.and (i32.eq (local.get $old) (local.get $before))
          (i32.eq (memory.size) (i32.add (local.get $before) (local.get $pages)))))))
  ;; The sum of the first and the last word of the last page, which is then filled.
  (func (export "last page") (result i64)
    (local $at i32)
    (local.set $at (i32.mul (i32.sub (memory.size) (i32.const 1)) (i32.const 65536)))
    (i64.add (i64.atomic.load (local.get $at)) (i64.load offset=65528 (local.get $at)))
    (memory.fill (local.get $at) (i32.const 0xff) (i32.const 65536)))
)

(assert_return (invoke "last page") (i64.const 0))
(assert_return (invoke "grow" (i32.const 0)) (i32.const 1))
(assert_return (invoke "grow" (i32.const 1)) (i32.const 1))
(assert_return (invoke "last page") (either (i64.const 0) (i64.const -2)))
(assert_return (invoke "grow" (i32.const 3)) (i32.const 1))
(assert_return (invoke "last page") (either (i64.const 0) (i64.const -2)))
(assert_return (invoke "grow" (i32.const 0)) (i32.const 1))
(assert_return (invoke "last page") (i64.const -2))
