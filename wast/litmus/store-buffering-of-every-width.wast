;; title:    of two threads that each store to a cell and then read the other's, one sees the other's store: all widths
;; spec:     relaxed-consistent
;; features: threads
;; threads:  2
;; why:      binaryen #8465, wasmer #3163

;; In a lap each thread stores 1, 2, … 250 to its cell of each width, and after each store reads the other's, without waiting
;; for it. What the first found after its i-th store, k, missed the second's store of k + 1; so the second must have found i
;; or more after that one. 0: how often a thread has come to the begin or the end of a lap. 1024, 1088: the cells of the two
;; threads, those of the next width 128 on; 4096, 4352: a byte for what they found after each store, the next width 512 on.
(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)

(thread $Second (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    ;; One lap of a thread: the cells from $mine on are its own; what it finds goes behind $found.
    (func $lap (param $mine i32) (param $other i32) (param $found i32)
      (local $i i32)
      (local.set $i (i32.const 0))
      (loop $next
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (i32.atomic.store8 (local.get $mine) (local.get $i))
        (i32.store8 (i32.add (local.get $found) (local.get $i)) (i32.atomic.load8_u (local.get $other)))
        (br_if $next (i32.lt_u (local.get $i) (i32.const 250))))
      (local.set $i (i32.const 0))
      (loop $next
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (i32.atomic.store16 offset=128 (local.get $mine) (local.get $i))
        (i32.store8 offset=512 (i32.add (local.get $found) (local.get $i)) (i32.atomic.load16_u offset=128 (local.get $other)))
        (br_if $next (i32.lt_u (local.get $i) (i32.const 250))))
      (local.set $i (i32.const 0))
      (loop $next
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (i32.atomic.store offset=256 (local.get $mine) (local.get $i))
        (i32.store8 offset=1024 (i32.add (local.get $found) (local.get $i)) (i32.atomic.load offset=256 (local.get $other)))
        (br_if $next (i32.lt_u (local.get $i) (i32.const 250))))
      (local.set $i (i32.const 0))
      (loop $next
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (i64.atomic.store8 offset=384 (local.get $mine) (i64.extend_i32_u (local.get $i)))
        (i64.store8 offset=1536 (i32.add (local.get $found) (local.get $i)) (i64.atomic.load8_u offset=384 (local.get $other)))
        (br_if $next (i32.lt_u (local.get $i) (i32.const 250))))
      (local.set $i (i32.const 0))
      (loop $next
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (i64.atomic.store16 offset=512 (local.get $mine) (i64.extend_i32_u (local.get $i)))
        (i64.store8 offset=2048 (i32.add (local.get $found) (local.get $i)) (i64.atomic.load16_u offset=512 (local.get $other)))
        (br_if $next (i32.lt_u (local.get $i) (i32.const 250))))
      (local.set $i (i32.const 0))
      (loop $next
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (i64.atomic.store32 offset=640 (local.get $mine) (i64.extend_i32_u (local.get $i)))
        (i64.store8 offset=2560 (i32.add (local.get $found) (local.get $i)) (i64.atomic.load32_u offset=640 (local.get $other)))
        (br_if $next (i32.lt_u (local.get $i) (i32.const 250))))
      (local.set $i (i32.const 0))
      (loop $next
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (i64.atomic.store offset=768 (local.get $mine) (i64.extend_i32_u (local.get $i)))
        (i64.store8 offset=3072 (i32.add (local.get $found) (local.get $i)) (i64.atomic.load offset=768 (local.get $other)))
        (br_if $next (i32.lt_u (local.get $i) (i32.const 250)))))
    ;; Comes to the begin or the end of a lap, until both have.
    (global $times (mut i32) (i32.const 0))
    (func $meet
      (global.set $times (i32.add (global.get $times) (i32.const 2)))
      (drop (i32.atomic.rmw.add (i32.const 0) (i32.const 1)))
      (loop $until_both (br_if $until_both (i32.lt_u (i32.atomic.load (i32.const 0)) (global.get $times)))))
    (func (export "run") (param $laps i32)
      (loop $again
        (call $meet)
        (call $lap (i32.const 1088) (i32.const 1024) (i32.const 4352))
        (call $meet)
        (br_if $again (local.tee $laps (i32.sub (local.get $laps) (i32.const 1))))))
  )
  (invoke "run" (i32.const 40))
)

(module
  (memory (import "mem" "memory") 1 1 shared)
  ;; One lap of a thread: the cells from $mine on are its own; what it finds goes behind $found.
  (func $lap (param $mine i32) (param $other i32) (param $found i32)
    (local $i i32)
    (local.set $i (i32.const 0))
    (loop $next
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (i32.atomic.store8 (local.get $mine) (local.get $i))
      (i32.store8 (i32.add (local.get $found) (local.get $i)) (i32.atomic.load8_u (local.get $other)))
      (br_if $next (i32.lt_u (local.get $i) (i32.const 250))))
    (local.set $i (i32.const 0))
    (loop $next
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (i32.atomic.store16 offset=128 (local.get $mine) (local.get $i))
      (i32.store8 offset=512 (i32.add (local.get $found) (local.get $i)) (i32.atomic.load16_u offset=128 (local.get $other)))
      (br_if $next (i32.lt_u (local.get $i) (i32.const 250))))
    (local.set $i (i32.const 0))
    (loop $next
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (i32.atomic.store offset=256 (local.get $mine) (local.get $i))
      (i32.store8 offset=1024 (i32.add (local.get $found) (local.get $i)) (i32.atomic.load offset=256 (local.get $other)))
      (br_if $next (i32.lt_u (local.get $i) (i32.const 250))))
    (local.set $i (i32.const 0))
    (loop $next
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (i64.atomic.store8 offset=384 (local.get $mine) (i64.extend_i32_u (local.get $i)))
      (i64.store8 offset=1536 (i32.add (local.get $found) (local.get $i)) (i64.atomic.load8_u offset=384 (local.get $other)))
      (br_if $next (i32.lt_u (local.get $i) (i32.const 250))))
    (local.set $i (i32.const 0))
    (loop $next
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (i64.atomic.store16 offset=512 (local.get $mine) (i64.extend_i32_u (local.get $i)))
      (i64.store8 offset=2048 (i32.add (local.get $found) (local.get $i)) (i64.atomic.load16_u offset=512 (local.get $other)))
      (br_if $next (i32.lt_u (local.get $i) (i32.const 250))))
    (local.set $i (i32.const 0))
    (loop $next
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (i64.atomic.store32 offset=640 (local.get $mine) (i64.extend_i32_u (local.get $i)))
      (i64.store8 offset=2560 (i32.add (local.get $found) (local.get $i)) (i64.atomic.load32_u offset=640 (local.get $other)))
      (br_if $next (i32.lt_u (local.get $i) (i32.const 250))))
    (local.set $i (i32.const 0))
    (loop $next
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (i64.atomic.store offset=768 (local.get $mine) (i64.extend_i32_u (local.get $i)))
      (i64.store8 offset=3072 (i32.add (local.get $found) (local.get $i)) (i64.atomic.load offset=768 (local.get $other)))
      (br_if $next (i32.lt_u (local.get $i) (i32.const 250)))))
  ;; Comes to the begin or the end of a lap, until both have.
  (global $times (mut i32) (i32.const 0))
  (func $meet
    (global.set $times (i32.add (global.get $times) (i32.const 2)))
    (drop (i32.atomic.rmw.add (i32.const 0) (i32.const 1)))
    (loop $until_both (br_if $until_both (i32.lt_u (i32.atomic.load (i32.const 0)) (global.get $times)))))
  ;; In how many pairs of stores both threads missed the other's, with one width.
  (func $both_missed (param $found i32) (result i32)
    (local $i i32) (local $k i32) (local $count i32)
    (loop $next
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (local.set $k (i32.load8_u (i32.add (local.get $found) (local.get $i))))
      (if (i32.lt_u (local.get $k) (i32.const 250))
        (then (local.set $count (i32.add (local.get $count)
          (i32.lt_u (i32.load8_u offset=257 (i32.add (local.get $found) (local.get $k))) (local.get $i))))))
      (br_if $next (i32.lt_u (local.get $i) (i32.const 250))))
    (local.get $count))
  (global $i32.atomic.store8 (export "i32.atomic.store8") (mut i32) (i32.const 0))
  (global $i32.atomic.store16 (export "i32.atomic.store16") (mut i32) (i32.const 0))
  (global $i32.atomic.store (export "i32.atomic.store") (mut i32) (i32.const 0))
  (global $i64.atomic.store8 (export "i64.atomic.store8") (mut i32) (i32.const 0))
  (global $i64.atomic.store16 (export "i64.atomic.store16") (mut i32) (i32.const 0))
  (global $i64.atomic.store32 (export "i64.atomic.store32") (mut i32) (i32.const 0))
  (global $i64.atomic.store (export "i64.atomic.store") (mut i32) (i32.const 0))
  (func (export "run") (param $laps i32)
    (loop $again
      (memory.fill (i32.const 1024) (i32.const 0) (i32.const 1024))
      (call $meet)
      (call $lap (i32.const 1024) (i32.const 1088) (i32.const 4096))
      (call $meet)
      (global.set $i32.atomic.store8 (i32.add (global.get $i32.atomic.store8) (call $both_missed (i32.const 4096))))
      (global.set $i32.atomic.store16 (i32.add (global.get $i32.atomic.store16) (call $both_missed (i32.const 4608))))
      (global.set $i32.atomic.store (i32.add (global.get $i32.atomic.store) (call $both_missed (i32.const 5120))))
      (global.set $i64.atomic.store8 (i32.add (global.get $i64.atomic.store8) (call $both_missed (i32.const 5632))))
      (global.set $i64.atomic.store16 (i32.add (global.get $i64.atomic.store16) (call $both_missed (i32.const 6144))))
      (global.set $i64.atomic.store32 (i32.add (global.get $i64.atomic.store32) (call $both_missed (i32.const 6656))))
      (global.set $i64.atomic.store (i32.add (global.get $i64.atomic.store) (call $both_missed (i32.const 7168))))
      (br_if $again (local.tee $laps (i32.sub (local.get $laps) (i32.const 1))))))
)
(invoke "run" (i32.const 40))
(wait $Second)
(assert_return (get "i32.atomic.store8") (i32.const 0))
(assert_return (get "i32.atomic.store16") (i32.const 0))
(assert_return (get "i32.atomic.store") (i32.const 0))
(assert_return (get "i64.atomic.store8") (i32.const 0))
(assert_return (get "i64.atomic.store16") (i32.const 0))
(assert_return (get "i64.atomic.store32") (i32.const 0))
(assert_return (get "i64.atomic.store") (i32.const 0))
