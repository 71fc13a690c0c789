;; title:    lane stores of two threads to neighbouring cells do not disturb each other
;; spec:     relaxed-consistent
;; features: threads simd
;; threads:  2

;; The 32 bytes from 1024 are dealt out in turn: one thread has the even cells of 8, 16, 32 and 64 bits, the other the odd
;; ones. Each finds what it wrote. 128, 192: the blocks of 1000 rounds that each thread has done; 64: the end has come.
(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)

(thread $Other (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    ;; After a block of rounds: whether another one is due. The end has come when this thread has seen the other get on in
    ;; 20 blocks on end, as they run at once, or in 100 all in all, as on one core; or when the other says so.
    (global $last (mut i32) (i32.const 0))
    (global $on_end (mut i32) (i32.const 0))
    (global $seen (mut i32) (i32.const 0))
    (func $go_on (param $me i32) (result i32)
      (local $now i32)
      (drop (i32.atomic.rmw.add (local.get $me) (i32.const 1)))
      (local.set $now (i32.atomic.load (i32.xor (local.get $me) (i32.const 64))))
      (global.set $seen (i32.add (global.get $seen) (i32.ne (local.get $now) (global.get $last))))
      (global.set $on_end (select (i32.add (global.get $on_end) (i32.const 1)) (i32.const 0)
        (i32.ne (local.get $now) (global.get $last))))
      (global.set $last (local.get $now))
      (if (i32.or (i32.ge_u (global.get $on_end) (i32.const 20)) (i32.ge_u (global.get $seen) (i32.const 100)))
        (then (i32.atomic.store (i32.const 64) (i32.const 1))))
      (i32.eqz (i32.atomic.load (i32.const 64))))
    (func (export "run") (param $me i32) (result i32)
      (local $n i32) (local $wrong i32) (local $v v128)
      (loop $block
        (local.set $n (i32.const 1000))
        (loop $next
          (local.set $v (i8x16.splat (local.get $n)))
          (v128.store8_lane 5 (i32.const 1024) (local.get $v))
          (v128.store16_lane 3 (i32.const 1026) (local.get $v))
          (v128.store32_lane 2 (i32.const 1032) (local.get $v))
          (v128.store64_lane 1 (i32.const 1040) (local.get $v))
          (local.set $wrong (i32.add (local.get $wrong) (i32.or
            (i32.ne (i32.load8_u (i32.const 1024)) (i8x16.extract_lane_u 0 (local.get $v)))
            (i32.ne (i32.load16_u (i32.const 1026)) (i16x8.extract_lane_u 0 (local.get $v))))))
          (local.set $wrong (i32.add (local.get $wrong) (i32.or
            (i32.ne (i32.load (i32.const 1032)) (i32x4.extract_lane 0 (local.get $v)))
            (i64.ne (i64.load (i32.const 1040)) (i64x2.extract_lane 0 (local.get $v))))))
          (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
        (br_if $block (call $go_on (local.get $me))))
      (local.get $wrong))
  )
  (assert_return (invoke "run" (i32.const 128)) (i32.const 0))
)

(module
  (memory (import "mem" "memory") 1 1 shared)
  ;; After a block of rounds: whether another one is due. The end has come when this thread has seen the other get on in
  ;; 20 blocks on end, as they run at once, or in 100 all in all, as on one core; or when the other says so.
  (global $last (mut i32) (i32.const 0))
  (global $on_end (mut i32) (i32.const 0))
  (global $seen (mut i32) (i32.const 0))
  (func $go_on (param $me i32) (result i32)
    (local $now i32)
    (drop (i32.atomic.rmw.add (local.get $me) (i32.const 1)))
    (local.set $now (i32.atomic.load (i32.xor (local.get $me) (i32.const 64))))
    (global.set $seen (i32.add (global.get $seen) (i32.ne (local.get $now) (global.get $last))))
    (global.set $on_end (select (i32.add (global.get $on_end) (i32.const 1)) (i32.const 0)
      (i32.ne (local.get $now) (global.get $last))))
    (global.set $last (local.get $now))
    (if (i32.or (i32.ge_u (global.get $on_end) (i32.const 20)) (i32.ge_u (global.get $seen) (i32.const 100)))
      (then (i32.atomic.store (i32.const 64) (i32.const 1))))
    (i32.eqz (i32.atomic.load (i32.const 64))))
  (func (export "run") (param $me i32) (result i32)
    (local $n i32) (local $wrong i32) (local $v v128)
    (loop $block
      (local.set $n (i32.const 1000))
      (loop $next
        (local.set $v (i8x16.splat (local.get $n)))
        (v128.store8_lane 5 (i32.const 1025) (local.get $v))
        (v128.store16_lane 3 (i32.const 1028) (local.get $v))
        (v128.store32_lane 2 (i32.const 1036) (local.get $v))
        (v128.store64_lane 1 (i32.const 1048) (local.get $v))
        (local.set $wrong (i32.add (local.get $wrong) (i32.or
          (i32.ne (i32.load8_u (i32.const 1025)) (i8x16.extract_lane_u 0 (local.get $v)))
          (i32.ne (i32.load16_u (i32.const 1028)) (i16x8.extract_lane_u 0 (local.get $v))))))
        (local.set $wrong (i32.add (local.get $wrong) (i32.or
          (i32.ne (i32.load (i32.const 1036)) (i32x4.extract_lane 0 (local.get $v)))
          (i64.ne (i64.load (i32.const 1048)) (i64x2.extract_lane 0 (local.get $v))))))
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
      (br_if $block (call $go_on (local.get $me))))
    (local.get $wrong))
  (func (export "unused") (result i32) (i32.load16_u (i32.const 1030)))
)
(assert_return (invoke "run" (i32.const 192)) (i32.const 0))
(wait $Other)
(assert_return (invoke "unused") (i32.const 0))
