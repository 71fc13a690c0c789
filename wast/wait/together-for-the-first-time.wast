;; title:    threads that are the first to wait at an address, at the same moment, all wait there
;; spec:     exec-memory.atomic.waitn
;; features: threads
;; threads:  4
;; needs:    wait
;; why:      WAMR #1144, WAMR #1146

;; Three threads meet at 0 and then wait at an address where nobody has waited before: 1024, 1088 …, 12 in all. 4: how many
;; waits have ended.
(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)

(thread $W1 (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func (export "run") (param $rounds i32) (result i32)
      (local $at i32) (local $result i32) (local $all i32)
      (local.set $at (i32.const 1024))
      (loop $next
        (local.set $all (i32.add (local.get $all) (i32.const 3)))
        (drop (i32.atomic.rmw.add (i32.const 0) (i32.const 1)))
        (loop $until_all (br_if $until_all (i32.lt_u (i32.atomic.load (i32.const 0)) (local.get $all))))
        (local.set $result (i32.or (local.get $result) (memory.atomic.wait32 (local.get $at) (i32.const 0) (i64.const -1))))
        (drop (i32.atomic.rmw.add (i32.const 4) (i32.const 1)))
        (local.set $at (i32.add (local.get $at) (i32.const 64)))
        (br_if $next (local.tee $rounds (i32.sub (local.get $rounds) (i32.const 1)))))
      (local.get $result))
  )
  (assert_return (invoke "run" (i32.const 12)) (i32.const 0))
)
(thread $W2 (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func (export "run") (param $rounds i32) (result i32)
      (local $at i32) (local $result i32) (local $all i32)
      (local.set $at (i32.const 1024))
      (loop $next
        (local.set $all (i32.add (local.get $all) (i32.const 3)))
        (drop (i32.atomic.rmw.add (i32.const 0) (i32.const 1)))
        (loop $until_all (br_if $until_all (i32.lt_u (i32.atomic.load (i32.const 0)) (local.get $all))))
        (local.set $result (i32.or (local.get $result) (memory.atomic.wait32 (local.get $at) (i32.const 0) (i64.const -1))))
        (drop (i32.atomic.rmw.add (i32.const 4) (i32.const 1)))
        (local.set $at (i32.add (local.get $at) (i32.const 64)))
        (br_if $next (local.tee $rounds (i32.sub (local.get $rounds) (i32.const 1)))))
      (local.get $result))
  )
  (assert_return (invoke "run" (i32.const 12)) (i32.const 0))
)
(thread $W3 (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func (export "run") (param $rounds i32) (result i32)
      (local $at i32) (local $result i32) (local $all i32)
      (local.set $at (i32.const 1024))
      (loop $next
        (local.set $all (i32.add (local.get $all) (i32.const 3)))
        (drop (i32.atomic.rmw.add (i32.const 0) (i32.const 1)))
        (loop $until_all (br_if $until_all (i32.lt_u (i32.atomic.load (i32.const 0)) (local.get $all))))
        (local.set $result (i32.or (local.get $result) (memory.atomic.wait32 (local.get $at) (i32.const 0) (i64.const -1))))
        (drop (i32.atomic.rmw.add (i32.const 4) (i32.const 1)))
        (local.set $at (i32.add (local.get $at) (i32.const 64)))
        (br_if $next (local.tee $rounds (i32.sub (local.get $rounds) (i32.const 1)))))
      (local.get $result))
  )
  (assert_return (invoke "run" (i32.const 12)) (i32.const 0))
)

(module
  (memory (import "mem" "memory") 1 1 shared)
  ;; How many addresses had not three woken.
  (func (export "wake") (param $rounds i32) (result i32)
    (local $at i32) (local $woken i32) (local $all i32) (local $wrong i32)
    (local.set $at (i32.const 1024))
    (loop $next
      (local.set $all (i32.add (local.get $all) (i32.const 3)))
      (local.set $woken (i32.const 0))
      (loop $again
        (local.set $woken (i32.add (local.get $woken) (memory.atomic.notify (local.get $at) (i32.const -1))))
        (br_if $again (i32.lt_u (i32.atomic.load (i32.const 4)) (local.get $all))))
      (local.set $wrong (i32.add (local.get $wrong) (i32.ne (local.get $woken) (i32.const 3))))
      (local.set $at (i32.add (local.get $at) (i32.const 64)))
      (br_if $next (local.tee $rounds (i32.sub (local.get $rounds) (i32.const 1)))))
    (local.get $wrong))
)
(assert_return (invoke "wake" (i32.const 12)) (i32.const 0))
(wait $W1)
(wait $W2)
(wait $W3)
