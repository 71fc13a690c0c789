;; title:    of racing vector stores each byte is one that was stored there, and the bytes beside stay
;; spec:     relaxed-consistent
;; features: threads simd
;; threads:  2

;; One thread writes vectors of 0x11 and of 0x22 in turn, aligned (1024) and not (1095); the other reads them. How they tear
;; is open: every mix of the two is right, and no other byte is. The cells are written before the threads start.
;; 128: the blocks of 1000 rounds that $Writer has done; 64: the end has come.
(module $Mem (memory (export "memory") 1 1 shared) (start $fill)
  (func $fill
    (v128.store (i32.const 1024) (i8x16.splat (i32.const 0x11)))
    (v128.store (i32.const 1095) (i8x16.splat (i32.const 0x11)))))
(register "mem" $Mem)

(thread $Writer (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func (export "write") (local $n i32)
      (loop $block
        (local.set $n (i32.const 1000))
        (loop $next
          (v128.store (i32.const 1024) (i8x16.splat (i32.const 0x22)))
          (v128.store (i32.const 1095) (i8x16.splat (i32.const 0x22)))
          (v128.store (i32.const 1024) (i8x16.splat (i32.const 0x11)))
          (v128.store (i32.const 1095) (i8x16.splat (i32.const 0x11)))
          (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
        (drop (i32.atomic.rmw.add (i32.const 128) (i32.const 1)))
        (br_if $block (i32.eqz (i32.atomic.load (i32.const 64)))))))
  (invoke "write"))

(module
  (memory (import "mem" "memory") 1 1 shared)
  ;; Whether a byte of the vector is neither 0x11 nor 0x22
  (func $is_wrong (param $v v128) (result i32)
    (i32.eqz (i8x16.all_true (v128.or
      (i8x16.eq (local.get $v) (i8x16.splat (i32.const 0x11))) (i8x16.eq (local.get $v) (i8x16.splat (i32.const 0x22)))))))
  ;; Goes on until $Writer was seen to get on forty times. How many reads were wrong.
  (func (export "read") (result i32) (local $n i32) (local $wrong i32) (local $last i32) (local $seen i32)
    (loop $block
      (local.set $n (i32.const 1000))
      (loop $next
        (local.get $wrong)
        (call $is_wrong (v128.load (i32.const 1024))) (i32.add) (call $is_wrong (v128.load (i32.const 1095))) (i32.add)
        (call $is_wrong (v128.load64_splat (i32.const 1099))) (i32.add)
        (call $is_wrong (v128.load32_lane 2 (i32.const 1101) (i8x16.splat (i32.const 0x11)))) (i32.add)
        (local.set $wrong)
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
      (local.set $seen (i32.add (local.get $seen)
        (i32.ne (local.get $last) (local.tee $last (i32.atomic.load (i32.const 128))))))
      (br_if $block (i32.lt_u (local.get $seen) (i32.const 40))))
    (i32.atomic.store (i32.const 64) (i32.const 1))
    (local.get $wrong))
  (func (export "beside") (result i64)
    (i64.or (i64.or (i64.load (i32.const 1016)) (i64.load (i32.const 1040)))
      (i64.or (i64.load (i32.const 1087)) (i64.load (i32.const 1111))))))

(assert_return (invoke "read") (i32.const 0))
(wait $Writer)
(assert_return (invoke "beside") (i64.const 0))
