;; title:    of two threads that each store to a cell and then read the other's, one sees the other's store: i64.atomic.store8
;; spec:     relaxed-consistent
;; features: threads
;; threads:  2
;; why:      binaryen #8465, wasmer #3163

;; In a lap each thread stores 1, 2, … 250 to its cell, and after each store reads the other's, without waiting for it. What
;; the first found after its i-th store, k, missed the second's store of k + 1; so the second must have found i or more after
;; that one. 0: how often a thread has come to the begin or the end of a lap, which both do together. 1024, 1088: the cells of
;; the first and the second; 4096, 4352: a byte for what they found after each store.
(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)

(thread $Second (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func $meet (local $last i32)
      (local.set $last (i32.or (i32.atomic.rmw.add (i32.const 0) (i32.const 1)) (i32.const 1)))
      (loop $until_both (br_if $until_both (i32.le_u (i32.atomic.load (i32.const 0)) (local.get $last)))))
    (func (export "run") (param $laps i32) (local $i i32)
      (loop $again
        (call $meet)
        (local.set $i (i32.const 0))
        (loop $next
          (i64.atomic.store8 (i32.const 1088) (i64.extend_i32_u (local.tee $i (i32.add (local.get $i) (i32.const 1)))))
          (i64.store8 offset=4352 (local.get $i) (i64.atomic.load8_u (i32.const 1024)))
          (br_if $next (i32.lt_u (local.get $i) (i32.const 250))))
        (call $meet)
        (br_if $again (local.tee $laps (i32.sub (local.get $laps) (i32.const 1)))))))
  (invoke "run" (i32.const 60)))

(module
  (memory (import "mem" "memory") 1 1 shared)
  (func $meet (local $last i32)
    (local.set $last (i32.or (i32.atomic.rmw.add (i32.const 0) (i32.const 1)) (i32.const 1)))
    (loop $until_both (br_if $until_both (i32.le_u (i32.atomic.load (i32.const 0)) (local.get $last)))))
  ;; How often both threads missed the other's store.
  (func (export "run") (param $laps i32) (result i32) (local $i i32) (local $k i32) (local $missed i32)
    (loop $again
      (i64.store (i32.const 1024) (i64.const 0)) (i64.store (i32.const 1088) (i64.const 0))
      (call $meet)
      (local.set $i (i32.const 0))
      (loop $next
        (i64.atomic.store8 (i32.const 1024) (i64.extend_i32_u (local.tee $i (i32.add (local.get $i) (i32.const 1)))))
        (i64.store8 offset=4096 (local.get $i) (i64.atomic.load8_u (i32.const 1088)))
        (br_if $next (i32.lt_u (local.get $i) (i32.const 250))))
      (call $meet)
      (loop $next
        (local.set $k (i32.load8_u offset=4096 (local.get $i)))
        (local.set $missed (i32.add (local.get $missed) (i32.and (i32.lt_u (local.get $k) (i32.const 250))
          (i32.lt_u (i32.load8_u offset=4353 (local.get $k)) (local.get $i)))))
        (br_if $next (local.tee $i (i32.sub (local.get $i) (i32.const 1)))))
      (br_if $again (local.tee $laps (i32.sub (local.get $laps) (i32.const 1)))))
    (local.get $missed)))

(assert_return (invoke "run" (i32.const 60)) (i32.const 0))
(wait $Second)
