;; title:    an atomic access of 64, 32 or 16 bits reads what one atomic store wrote
;; spec:     relaxed-consistent
;; features: threads
;; threads:  2
;; why:      threads #199

;; One thread writes two values in turn, the other finds one of the two, never bytes of both. 128, 192: the blocks of 1000
;; rounds that each thread has done; 64: the end has come.
(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)
(module
  (memory (import "mem" "memory") 1 1 shared)
  (func (export "fill")
    (i64.atomic.store (i32.const 1024) (i64.const 0x0123456789abcdef))
    (i64.atomic.store32 (i32.const 1092) (i64.const 0x12345678))
    (i64.atomic.store16 (i32.const 1158) (i64.const 0x1234))
    (i32.atomic.store (i32.const 1220) (i32.const 0x12345678))
    (i32.atomic.store16 (i32.const 1286) (i32.const 0x1234))
    (i64.atomic.store (i32.const 4088) (i64.const 0)))
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
          (i64.atomic.store (i32.const 1024) (i64.const 0xfedcba9876543210))
          (i64.atomic.store32 (i32.const 1092) (i64.const 0xedcba987))
          (i64.atomic.store16 (i32.const 1158) (i64.const 0xedcb))
          (i32.atomic.store (i32.const 1220) (i32.const 0xedcba987))
          (i32.atomic.store16 (i32.const 1286) (i32.const 0xedcb))
          (i64.atomic.store (i32.const 4088) (i64.const -1))
          (i64.atomic.store (i32.const 1024) (i64.const 0x0123456789abcdef))
          (i64.atomic.store32 (i32.const 1092) (i64.const 0x12345678))
          (i64.atomic.store16 (i32.const 1158) (i64.const 0x1234))
          (i32.atomic.store (i32.const 1220) (i32.const 0x12345678))
          (i32.atomic.store16 (i32.const 1286) (i32.const 0x1234))
          (i64.atomic.store (i32.const 4088) (i64.const 0))
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
  ;; How many reads were neither of the two
  (func (export "read") (param $me i32) (result i32)
    (local $n i32) (local $wrong i32) (local $v i64)
    (loop $block
      (local.set $n (i32.const 1000))
      (loop $next
        (local.set $v (i64.atomic.load (i32.const 1024)))
        (local.set $wrong (i32.add (local.get $wrong)
          (i32.and (i64.ne (local.get $v) (i64.const 0x0123456789abcdef)) (i64.ne (local.get $v) (i64.const 0xfedcba9876543210)))))
        (local.set $v (i64.atomic.load32_u (i32.const 1092)))
        (local.set $wrong (i32.add (local.get $wrong)
          (i32.and (i64.ne (local.get $v) (i64.const 0x12345678)) (i64.ne (local.get $v) (i64.const 0xedcba987)))))
        (local.set $v (i64.atomic.load16_u (i32.const 1158)))
        (local.set $wrong (i32.add (local.get $wrong)
          (i32.and (i64.ne (local.get $v) (i64.const 0x1234)) (i64.ne (local.get $v) (i64.const 0xedcb)))))
        (local.set $v (i64.extend_i32_u (i32.atomic.load (i32.const 1220))))
        (local.set $wrong (i32.add (local.get $wrong)
          (i32.and (i64.ne (local.get $v) (i64.const 0x12345678)) (i64.ne (local.get $v) (i64.const 0xedcba987)))))
        (local.set $v (i64.extend_i32_u (i32.atomic.load16_u (i32.const 1286))))
        (local.set $wrong (i32.add (local.get $wrong)
          (i32.and (i64.ne (local.get $v) (i64.const 0x1234)) (i64.ne (local.get $v) (i64.const 0xedcb)))))
        (local.set $v (i64.atomic.load (i32.const 4088)))
        (local.set $wrong (i32.add (local.get $wrong)
          (i32.and (i64.ne (local.get $v) (i64.const 0)) (i64.ne (local.get $v) (i64.const -1)))))
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
      (br_if $block (call $go_on (local.get $me))))
    (local.get $wrong))
)
(assert_return (invoke "read" (i32.const 192)) (i32.const 0))
(wait $Writer)
