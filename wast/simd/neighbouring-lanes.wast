;; title:    lane stores of two threads to neighbouring cells do not disturb each other
;; spec:     relaxed-consistent
;; features: threads simd
;; threads:  2

;; The 32 bytes from 1024 are dealt out in turn: one thread has the even cells of 8, 16, 32 and 64 bits, the other the odd
;; ones. Each finds what it wrote. 128: the blocks of 1000 rounds that $Other has done; 64: the end has come.
(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)

(thread $Other (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func (export "run") (result i32) (local $n i32) (local $v v128) (local $wrong v128)
      (loop $block
        (local.set $n (i32.const 1000))
        (loop $next
          (local.set $v (i8x16.splat (local.get $n)))
          (v128.store8_lane 5 (i32.const 1024) (local.get $v)) (v128.store16_lane 3 (i32.const 1026) (local.get $v))
          (v128.store32_lane 2 (i32.const 1032) (local.get $v)) (v128.store64_lane 1 (i32.const 1040) (local.get $v))
          (local.get $wrong)
          (v128.and (v128.const i32x4 0xffff00ff 0 0xffffffff 0) (v128.xor (local.get $v) (v128.load (i32.const 1024))))
          (v128.xor (local.get $v) (v128.load64_splat (i32.const 1040)))
          (v128.or) (v128.or) (local.set $wrong)
          (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
        (drop (i32.atomic.rmw.add (i32.const 128) (i32.const 1)))
        (br_if $block (i32.eqz (i32.atomic.load (i32.const 64)))))
      (v128.any_true (local.get $wrong))))
  (assert_return (invoke "run") (i32.const 0)))

(module
  (memory (import "mem" "memory") 1 1 shared)
  ;; Goes on until $Other was seen to get on forty times.
  (func (export "run") (result i32) (local $n i32) (local $v v128) (local $wrong v128) (local $last i32) (local $seen i32)
    (loop $block
      (local.set $n (i32.const 1000))
      (loop $next
        (local.set $v (i8x16.splat (local.get $n)))
        (v128.store8_lane 5 (i32.const 1025) (local.get $v)) (v128.store16_lane 3 (i32.const 1028) (local.get $v))
        (v128.store32_lane 2 (i32.const 1036) (local.get $v)) (v128.store64_lane 1 (i32.const 1048) (local.get $v))
        (local.get $wrong)
        (v128.and (v128.const i32x4 0xff00 0xffff 0 0xffffffff) (v128.xor (local.get $v) (v128.load (i32.const 1024))))
        (v128.xor (local.get $v) (v128.load64_splat (i32.const 1048)))
        (v128.or) (v128.or) (local.set $wrong)
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
      (local.set $seen (i32.add (local.get $seen)
        (i32.ne (local.get $last) (local.tee $last (i32.atomic.load (i32.const 128))))))
      (br_if $block (i32.lt_u (local.get $seen) (i32.const 40))))
    (i32.atomic.store (i32.const 64) (i32.const 1))
    (v128.any_true (local.get $wrong)))
  (func (export "unused") (result i32) (i32.load16_u (i32.const 1030))))

(assert_return (invoke "run") (i32.const 0))
(wait $Other)
(assert_return (invoke "unused") (i32.const 0))
