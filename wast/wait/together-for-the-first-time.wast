;; title:    threads that are the first to wait at an address, at the same moment, all wait there
;; spec:     exec-memory.atomic.waitn
;; features: threads
;; threads:  3
;; needs:    wait
;; why:      WAMR #1144, WAMR #1146

;; Two threads wait at 16 addresses where nobody has waited before, 1024, 1088 …; they meet at +4 just before. +8: how many
;; have left.
(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)

(thread $W1 (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func (export "run") (result i32) (local $at i32) (local $result i32)
      (local.set $at (i32.const 1024))
      (loop $next
        (drop (i32.atomic.rmw.add offset=4 (local.get $at) (i32.const 1)))
        (loop $until_both (br_if $until_both (i32.ne (i32.atomic.load offset=4 (local.get $at)) (i32.const 2))))
        (local.set $result (i32.or (local.get $result) (memory.atomic.wait32 (local.get $at) (i32.const 0) (i64.const -1))))
        (drop (i32.atomic.rmw.add offset=8 (local.get $at) (i32.const 1)))
        (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 64))) (i32.const 2048))))
      (local.get $result)))
  (assert_return (invoke "run") (i32.const 0)))
(thread $W2 (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func (export "run") (result i32) (local $at i32) (local $result i32)
      (local.set $at (i32.const 1024))
      (loop $next
        (drop (i32.atomic.rmw.add offset=4 (local.get $at) (i32.const 1)))
        (loop $until_both (br_if $until_both (i32.ne (i32.atomic.load offset=4 (local.get $at)) (i32.const 2))))
        (local.set $result (i32.or (local.get $result) (memory.atomic.wait32 (local.get $at) (i32.const 0) (i64.const -1))))
        (drop (i32.atomic.rmw.add offset=8 (local.get $at) (i32.const 1)))
        (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 64))) (i32.const 2048))))
      (local.get $result)))
  (assert_return (invoke "run") (i32.const 0)))

(module
  (memory (import "mem" "memory") 1 1 shared)
  ;; At how many addresses not two were woken
  (func (export "wake") (result i32) (local $at i32) (local $woken i32) (local $wrong i32)
    (local.set $at (i32.const 1024))
    (loop $next
      (local.set $woken (i32.const 0))
      (loop $again
        (local.set $woken (i32.add (local.get $woken) (memory.atomic.notify (local.get $at) (i32.const -1))))
        (br_if $again (i32.lt_u (i32.atomic.load offset=8 (local.get $at)) (i32.const 2))))
      (local.set $wrong (i32.add (local.get $wrong) (i32.ne (local.get $woken) (i32.const 2))))
      (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 64))) (i32.const 2048))))
    (local.get $wrong)))

(assert_return (invoke "wake") (i32.const 0))
(wait $W1) (wait $W2)
