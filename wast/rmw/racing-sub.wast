;; title:    two threads that subtract from the same cells lose no update
;; spec:     exec-atomic.rmw
;; features: threads
;; threads:  2
;; why:      wasmoon #302, wasmer #3163, wazero #1460

;; 0: 64 bits; 8, 12: 32 bits; 16, 18: 16 bits; 20, 21: 8 bits; all seven instructions, and cells of all widths side by side.
;; 128, 192: the blocks of 1000 rounds that each thread has done; 64: the end has come.
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
    (func (export "run") (param $me i32)
      (local $n i32)
      (loop $block
        (local.set $n (i32.const 1000))
        (loop $next
          (drop (i64.atomic.rmw.sub (i32.const 0) (i64.const 1)))
          (drop (i32.atomic.rmw.sub (i32.const 8) (i32.const 1)))
          (drop (i64.atomic.rmw32.sub_u (i32.const 12) (i64.const 1)))
          (drop (i32.atomic.rmw16.sub_u (i32.const 16) (i32.const 1)))
          (drop (i64.atomic.rmw16.sub_u (i32.const 18) (i64.const 1)))
          (drop (i32.atomic.rmw8.sub_u (i32.const 20) (i32.const 1)))
          (drop (i64.atomic.rmw8.sub_u (i32.const 21) (i64.const 1)))
          (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
        (br_if $block (call $go_on (local.get $me)))))
  )
  (invoke "run" (i32.const 128))
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
  (func (export "run") (param $me i32)
    (local $n i32)
    (loop $block
      (local.set $n (i32.const 1000))
      (loop $next
        (drop (i64.atomic.rmw.sub (i32.const 0) (i64.const 1)))
        (drop (i32.atomic.rmw.sub (i32.const 8) (i32.const 1)))
        (drop (i64.atomic.rmw32.sub_u (i32.const 12) (i64.const 1)))
        (drop (i32.atomic.rmw16.sub_u (i32.const 16) (i32.const 1)))
        (drop (i64.atomic.rmw16.sub_u (i32.const 18) (i64.const 1)))
        (drop (i32.atomic.rmw8.sub_u (i32.const 20) (i32.const 1)))
        (drop (i64.atomic.rmw8.sub_u (i32.const 21) (i64.const 1)))
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
      (br_if $block (call $go_on (local.get $me)))))
)
(invoke "run" (i32.const 192))
(wait $Other)

(module
  (memory (import "mem" "memory") 1 1 shared)
  ;; The bits in which the cells differ from what all rounds come to
  (func (export "wrong") (result i64)
    (local $total i64)
    (local.set $total (i64.mul (i64.const -1000)
      (i64.extend_i32_u (i32.add (i32.atomic.load (i32.const 128)) (i32.atomic.load (i32.const 192))))))
    (i64.xor (local.get $total) (i64.load (i32.const 0)))
    (i64.and (i64.const 0xffffffff) (i64.xor (local.get $total) (i64.load32_u (i32.const 8)))) (i64.or)
    (i64.and (i64.const 0xffffffff) (i64.xor (local.get $total) (i64.load32_u (i32.const 12)))) (i64.or)
    (i64.and (i64.const 0xffff) (i64.xor (local.get $total) (i64.load16_u (i32.const 16)))) (i64.or)
    (i64.and (i64.const 0xffff) (i64.xor (local.get $total) (i64.load16_u (i32.const 18)))) (i64.or)
    (i64.and (i64.const 0xff) (i64.xor (local.get $total) (i64.load8_u (i32.const 20)))) (i64.or)
    (i64.and (i64.const 0xff) (i64.xor (local.get $total) (i64.load8_u (i32.const 21)))) (i64.or))
)
(assert_return (invoke "wrong") (i64.const 0))
