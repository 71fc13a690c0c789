;; title:    two threads that flip bits of the same cells keep their own
;; spec:     exec-atomic.rmw
;; features: threads
;; threads:  2
;; why:      wasmoon #302, wasmer #3163, wazero #1460

;; 0: 64 bits; 8, 12: 32 bits; 16, 18: 16 bits; 20, 21: 8 bits; all seven instructions, and cells of all widths side by side.
;; One thread has every second bit of the lowest byte, the other those between, and finds its own as it left them.
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
    (global $mine (mut i64) (i64.const 0))
    (global $wrong (mut i64) (i64.const 0))
    ;; What an instruction found of this thread's bits
    (func $clear (param $old i64)
      (global.set $wrong (i64.or (global.get $wrong) (i64.and (local.get $old) (global.get $mine)))))
    (func $set (param $old i64)
      (call $clear (i64.xor (local.get $old) (i64.const -1))))
    (func (export "run") (param $me i32) (param $mine i64) (result i64)
      (local $n i32) (local $m i32)
      (global.set $mine (local.get $mine))
      (local.set $m (i32.wrap_i64 (local.get $mine)))
      (loop $block
        (local.set $n (i32.const 1000))
        (loop $next
          (call $clear (i64.atomic.rmw.xor (i32.const 0) (local.get $mine)))
          (call $clear (i64.extend_i32_u (i32.atomic.rmw.xor (i32.const 8) (local.get $m))))
          (call $clear (i64.atomic.rmw32.xor_u (i32.const 12) (local.get $mine)))
          (call $clear (i64.extend_i32_u (i32.atomic.rmw16.xor_u (i32.const 16) (local.get $m))))
          (call $clear (i64.atomic.rmw16.xor_u (i32.const 18) (local.get $mine)))
          (call $clear (i64.extend_i32_u (i32.atomic.rmw8.xor_u (i32.const 20) (local.get $m))))
          (call $clear (i64.atomic.rmw8.xor_u (i32.const 21) (local.get $mine)))
          (call $set (i64.atomic.rmw.xor (i32.const 0) (local.get $mine)))
          (call $set (i64.extend_i32_u (i32.atomic.rmw.xor (i32.const 8) (local.get $m))))
          (call $set (i64.atomic.rmw32.xor_u (i32.const 12) (local.get $mine)))
          (call $set (i64.extend_i32_u (i32.atomic.rmw16.xor_u (i32.const 16) (local.get $m))))
          (call $set (i64.atomic.rmw16.xor_u (i32.const 18) (local.get $mine)))
          (call $set (i64.extend_i32_u (i32.atomic.rmw8.xor_u (i32.const 20) (local.get $m))))
          (call $set (i64.atomic.rmw8.xor_u (i32.const 21) (local.get $mine)))
          (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
        (br_if $block (call $go_on (local.get $me))))
      (global.get $wrong))
  )
  (assert_return (invoke "run" (i32.const 128) (i64.const 0x55)) (i64.const 0))
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
  (global $mine (mut i64) (i64.const 0))
  (global $wrong (mut i64) (i64.const 0))
  ;; What an instruction found of this thread's bits
  (func $clear (param $old i64)
    (global.set $wrong (i64.or (global.get $wrong) (i64.and (local.get $old) (global.get $mine)))))
  (func $set (param $old i64)
    (call $clear (i64.xor (local.get $old) (i64.const -1))))
  (func (export "run") (param $me i32) (param $mine i64) (result i64)
    (local $n i32) (local $m i32)
    (global.set $mine (local.get $mine))
    (local.set $m (i32.wrap_i64 (local.get $mine)))
    (loop $block
      (local.set $n (i32.const 1000))
      (loop $next
        (call $clear (i64.atomic.rmw.xor (i32.const 0) (local.get $mine)))
        (call $clear (i64.extend_i32_u (i32.atomic.rmw.xor (i32.const 8) (local.get $m))))
        (call $clear (i64.atomic.rmw32.xor_u (i32.const 12) (local.get $mine)))
        (call $clear (i64.extend_i32_u (i32.atomic.rmw16.xor_u (i32.const 16) (local.get $m))))
        (call $clear (i64.atomic.rmw16.xor_u (i32.const 18) (local.get $mine)))
        (call $clear (i64.extend_i32_u (i32.atomic.rmw8.xor_u (i32.const 20) (local.get $m))))
        (call $clear (i64.atomic.rmw8.xor_u (i32.const 21) (local.get $mine)))
        (call $set (i64.atomic.rmw.xor (i32.const 0) (local.get $mine)))
        (call $set (i64.extend_i32_u (i32.atomic.rmw.xor (i32.const 8) (local.get $m))))
        (call $set (i64.atomic.rmw32.xor_u (i32.const 12) (local.get $mine)))
        (call $set (i64.extend_i32_u (i32.atomic.rmw16.xor_u (i32.const 16) (local.get $m))))
        (call $set (i64.atomic.rmw16.xor_u (i32.const 18) (local.get $mine)))
        (call $set (i64.extend_i32_u (i32.atomic.rmw8.xor_u (i32.const 20) (local.get $m))))
        (call $set (i64.atomic.rmw8.xor_u (i32.const 21) (local.get $mine)))
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
      (br_if $block (call $go_on (local.get $me))))
    (global.get $wrong))
)
(assert_return (invoke "run" (i32.const 192) (i64.const 0xaa)) (i64.const 0))
(wait $Other)

(module
  (memory (import "mem" "memory") 1 1 shared)
  (func (export "word") (param i32) (result i64) (i64.atomic.load (local.get 0)))
)
(assert_return (invoke "word" (i32.const 0)) (i64.const 0))
(assert_return (invoke "word" (i32.const 8)) (i64.const 0))
(assert_return (invoke "word" (i32.const 16)) (i64.const 0))
