;; title:    of racing vector stores each byte is one that was stored there, and the bytes beside stay
;; spec:     relaxed-consistent
;; features: threads simd
;; threads:  2

;; One thread writes vectors of 0x11 and of 0x22 in turn, aligned (1024) and not (1095); the other reads them. How they tear
;; is open: every mix of the two is right, and no other byte is. The cells are written before the threads start. 128, 192: the
;; blocks of 1000 rounds that each thread has done; 64: the end has come.
(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)
(module
  (memory (import "mem" "memory") 1 1 shared)
  (func (export "fill")
    (v128.store (i32.const 1024) (i8x16.splat (i32.const 0x11)))
    (v128.store (i32.const 1095) (i8x16.splat (i32.const 0x11))))
)
(invoke "fill")

(thread $Writer (shared (module $Mem))
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
    (func (export "write") (param $me i32)
      (local $n i32)
      (loop $block
        (local.set $n (i32.const 1000))
        (loop $next
          (v128.store (i32.const 1024) (i8x16.splat (i32.const 0x22)))
          (v128.store (i32.const 1095) (i8x16.splat (i32.const 0x22)))
          (v128.store (i32.const 1024) (i8x16.splat (i32.const 0x11)))
          (v128.store (i32.const 1095) (i8x16.splat (i32.const 0x11)))
          (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
        (br_if $block (call $go_on (local.get $me)))))
  )
  (invoke "write" (i32.const 128))
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
  ;; Whether a byte of the vector is neither 0x11 nor 0x22
  (func $is_wrong (param $v v128) (result i32)
    (i32.eqz (i8x16.all_true (v128.or
      (i8x16.eq (local.get $v) (i8x16.splat (i32.const 0x11)))
      (i8x16.eq (local.get $v) (i8x16.splat (i32.const 0x22)))))))
  (func (export "read") (param $me i32) (result i32)
    (local $n i32) (local $wrong i32)
    (loop $block
      (local.set $n (i32.const 1000))
      (loop $next
        (local.set $wrong (i32.add (local.get $wrong) (call $is_wrong (v128.load (i32.const 1024)))))
        (local.set $wrong (i32.add (local.get $wrong) (call $is_wrong (v128.load (i32.const 1095)))))
        (local.set $wrong (i32.add (local.get $wrong) (call $is_wrong (v128.load64_splat (i32.const 1099)))))
        (local.set $wrong (i32.add (local.get $wrong) (call $is_wrong
          (v128.load32_lane 2 (i32.const 1101) (i8x16.splat (i32.const 0x11))))))
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
      (br_if $block (call $go_on (local.get $me))))
    (local.get $wrong))
  (func (export "beside") (result i64)
    (i64.or (i64.or (i64.load (i32.const 1016)) (i64.load (i32.const 1040)))
      (i64.or (i64.load (i32.const 1087)) (i64.load (i32.const 1111)))))
)
(assert_return (invoke "read" (i32.const 192)) (i32.const 0))
(wait $Writer)
(assert_return (invoke "beside") (i64.const 0))
