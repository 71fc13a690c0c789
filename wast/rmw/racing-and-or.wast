;; title:    two threads that set and clear bits of the same cells keep their own
;; spec:     exec-atomic.rmw
;; features: threads
;; threads:  2
;; why:      wasmoon #302, wasmer #3163, wazero #1460

;; 0: 64 bits; 8, 12: 32 bits; 16, 18: 16 bits; 20, 21: 8 bits; all seven instructions, and cells of all widths side by side.
;; One thread has every second bit of the lowest byte, the other those between, and finds its own as it left them.
(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)

(thread $Other (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    ;; Returns when both threads have come here.
    (func $together
      (drop (i32.atomic.rmw.add (i32.const 64) (i32.const 1)))
      (loop $until_both (br_if $until_both (i32.lt_u (i32.atomic.load (i32.const 64)) (i32.const 2)))))
    (global $mine (mut i64) (i64.const 0))
    (global $wrong (mut i64) (i64.const 0))
    ;; What an instruction found of this thread's bits
    (func $clear (param $old i64)
      (global.set $wrong (i64.or (global.get $wrong) (i64.and (local.get $old) (global.get $mine)))))
    (func $set (param $old i64)
      (call $clear (i64.xor (local.get $old) (i64.const -1))))
    (func (export "run") (param $mine i64) (param $n i32) (result i64)
      (local $m i32) (local $not_m i32) (local $not_mine i64)
      (global.set $mine (local.get $mine))
      (local.set $m (i32.wrap_i64 (local.get $mine)))
      (local.set $not_mine (i64.xor (local.get $mine) (i64.const -1)))
      (local.set $not_m (i32.xor (local.get $m) (i32.const -1)))
      (call $together)
      (loop $next
        (call $clear (i64.atomic.rmw.or (i32.const 0) (local.get $mine)))
        (call $clear (i64.extend_i32_u (i32.atomic.rmw.or (i32.const 8) (local.get $m))))
        (call $clear (i64.atomic.rmw32.or_u (i32.const 12) (local.get $mine)))
        (call $clear (i64.extend_i32_u (i32.atomic.rmw16.or_u (i32.const 16) (local.get $m))))
        (call $clear (i64.atomic.rmw16.or_u (i32.const 18) (local.get $mine)))
        (call $clear (i64.extend_i32_u (i32.atomic.rmw8.or_u (i32.const 20) (local.get $m))))
        (call $clear (i64.atomic.rmw8.or_u (i32.const 21) (local.get $mine)))
        (call $set (i64.atomic.rmw.and (i32.const 0) (local.get $not_mine)))
        (call $set (i64.extend_i32_u (i32.atomic.rmw.and (i32.const 8) (local.get $not_m))))
        (call $set (i64.atomic.rmw32.and_u (i32.const 12) (local.get $not_mine)))
        (call $set (i64.extend_i32_u (i32.atomic.rmw16.and_u (i32.const 16) (local.get $not_m))))
        (call $set (i64.atomic.rmw16.and_u (i32.const 18) (local.get $not_mine)))
        (call $set (i64.extend_i32_u (i32.atomic.rmw8.and_u (i32.const 20) (local.get $not_m))))
        (call $set (i64.atomic.rmw8.and_u (i32.const 21) (local.get $not_mine)))
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
      (global.get $wrong))
  )
  (assert_return (invoke "run" (i64.const 0x55) (i32.const 10_000)) (i64.const 0))
)

(module
  (memory (import "mem" "memory") 1 1 shared)
  ;; Returns when both threads have come here.
  (func $together
    (drop (i32.atomic.rmw.add (i32.const 64) (i32.const 1)))
    (loop $until_both (br_if $until_both (i32.lt_u (i32.atomic.load (i32.const 64)) (i32.const 2)))))
  (global $mine (mut i64) (i64.const 0))
  (global $wrong (mut i64) (i64.const 0))
  ;; What an instruction found of this thread's bits
  (func $clear (param $old i64)
    (global.set $wrong (i64.or (global.get $wrong) (i64.and (local.get $old) (global.get $mine)))))
  (func $set (param $old i64)
    (call $clear (i64.xor (local.get $old) (i64.const -1))))
  (func (export "run") (param $mine i64) (param $n i32) (result i64)
    (local $m i32) (local $not_m i32) (local $not_mine i64)
    (global.set $mine (local.get $mine))
    (local.set $m (i32.wrap_i64 (local.get $mine)))
    (local.set $not_mine (i64.xor (local.get $mine) (i64.const -1)))
    (local.set $not_m (i32.xor (local.get $m) (i32.const -1)))
    (call $together)
    (loop $next
      (call $clear (i64.atomic.rmw.or (i32.const 0) (local.get $mine)))
      (call $clear (i64.extend_i32_u (i32.atomic.rmw.or (i32.const 8) (local.get $m))))
      (call $clear (i64.atomic.rmw32.or_u (i32.const 12) (local.get $mine)))
      (call $clear (i64.extend_i32_u (i32.atomic.rmw16.or_u (i32.const 16) (local.get $m))))
      (call $clear (i64.atomic.rmw16.or_u (i32.const 18) (local.get $mine)))
      (call $clear (i64.extend_i32_u (i32.atomic.rmw8.or_u (i32.const 20) (local.get $m))))
      (call $clear (i64.atomic.rmw8.or_u (i32.const 21) (local.get $mine)))
      (call $set (i64.atomic.rmw.and (i32.const 0) (local.get $not_mine)))
      (call $set (i64.extend_i32_u (i32.atomic.rmw.and (i32.const 8) (local.get $not_m))))
      (call $set (i64.atomic.rmw32.and_u (i32.const 12) (local.get $not_mine)))
      (call $set (i64.extend_i32_u (i32.atomic.rmw16.and_u (i32.const 16) (local.get $not_m))))
      (call $set (i64.atomic.rmw16.and_u (i32.const 18) (local.get $not_mine)))
      (call $set (i64.extend_i32_u (i32.atomic.rmw8.and_u (i32.const 20) (local.get $not_m))))
      (call $set (i64.atomic.rmw8.and_u (i32.const 21) (local.get $not_mine)))
      (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (global.get $wrong))
)
(assert_return (invoke "run" (i64.const 0xaa) (i32.const 10_000)) (i64.const 0))
(wait $Other)

(module
  (memory (import "mem" "memory") 1 1 shared)
  (func (export "word") (param i32) (result i64) (i64.atomic.load (local.get 0)))
)
(assert_return (invoke "word" (i32.const 0)) (i64.const 0))
(assert_return (invoke "word" (i32.const 8)) (i64.const 0))
(assert_return (invoke "word" (i32.const 16)) (i64.const 0))
