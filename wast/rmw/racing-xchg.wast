;; title:    what two threads exchange into the same cells comes out once
;; spec:     exec-atomic.rmw
;; features: threads
;; threads:  2
;; why:      wasmoon #302, wasmer #3163, wazero #1460

;; 0: 64 bits; 8, 12: 32 bits; 16, 18: 16 bits; 20, 21: 8 bits; all seven instructions, and cells of all widths side by side.
;; Tokens of 7 bits go in, 64 of each thread; 256: the sum of those that went in minus those that came out.
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
    (func (export "run") (param $me i32) (param $token i64)
      (local $n i32) (local $balance i64)
      (loop $block
        (local.set $n (i32.const 1000))
        (loop $next
          (local.set $balance (i64.sub (i64.add (local.get $balance) (local.get $token))
            (i64.atomic.rmw.xchg (i32.const 0) (local.get $token))))
          (local.set $balance (i64.sub (i64.add (local.get $balance) (local.get $token))
            (i64.extend_i32_u (i32.atomic.rmw.xchg (i32.const 8) (i32.wrap_i64 (local.get $token))))))
          (local.set $balance (i64.sub (i64.add (local.get $balance) (local.get $token))
            (i64.atomic.rmw32.xchg_u (i32.const 12) (local.get $token))))
          (local.set $balance (i64.sub (i64.add (local.get $balance) (local.get $token))
            (i64.extend_i32_u (i32.atomic.rmw16.xchg_u (i32.const 16) (i32.wrap_i64 (local.get $token))))))
          (local.set $balance (i64.sub (i64.add (local.get $balance) (local.get $token))
            (i64.atomic.rmw16.xchg_u (i32.const 18) (local.get $token))))
          (local.set $balance (i64.sub (i64.add (local.get $balance) (local.get $token))
            (i64.extend_i32_u (i32.atomic.rmw8.xchg_u (i32.const 20) (i32.wrap_i64 (local.get $token))))))
          (local.set $balance (i64.sub (i64.add (local.get $balance) (local.get $token))
            (i64.atomic.rmw8.xchg_u (i32.const 21) (local.get $token))))
          ;; The next of this thread's 64 tokens
          (local.set $token (i64.xor (local.get $token) (i64.extend_i32_u (i32.and (local.get $n) (i32.const 63)))))
          (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
        (br_if $block (call $go_on (local.get $me))))
      (drop (i64.atomic.rmw.add (i32.const 256) (local.get $balance))))
  )
  (invoke "run" (i32.const 128) (i64.const 0))
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
  (func (export "run") (param $me i32) (param $token i64)
    (local $n i32) (local $balance i64)
    (loop $block
      (local.set $n (i32.const 1000))
      (loop $next
        (local.set $balance (i64.sub (i64.add (local.get $balance) (local.get $token))
          (i64.atomic.rmw.xchg (i32.const 0) (local.get $token))))
        (local.set $balance (i64.sub (i64.add (local.get $balance) (local.get $token))
          (i64.extend_i32_u (i32.atomic.rmw.xchg (i32.const 8) (i32.wrap_i64 (local.get $token))))))
        (local.set $balance (i64.sub (i64.add (local.get $balance) (local.get $token))
          (i64.atomic.rmw32.xchg_u (i32.const 12) (local.get $token))))
        (local.set $balance (i64.sub (i64.add (local.get $balance) (local.get $token))
          (i64.extend_i32_u (i32.atomic.rmw16.xchg_u (i32.const 16) (i32.wrap_i64 (local.get $token))))))
        (local.set $balance (i64.sub (i64.add (local.get $balance) (local.get $token))
          (i64.atomic.rmw16.xchg_u (i32.const 18) (local.get $token))))
        (local.set $balance (i64.sub (i64.add (local.get $balance) (local.get $token))
          (i64.extend_i32_u (i32.atomic.rmw8.xchg_u (i32.const 20) (i32.wrap_i64 (local.get $token))))))
        (local.set $balance (i64.sub (i64.add (local.get $balance) (local.get $token))
          (i64.atomic.rmw8.xchg_u (i32.const 21) (local.get $token))))
        ;; The next of this thread's 64 tokens
        (local.set $token (i64.xor (local.get $token) (i64.extend_i32_u (i32.and (local.get $n) (i32.const 63)))))
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
      (br_if $block (call $go_on (local.get $me))))
    (drop (i64.atomic.rmw.add (i32.const 256) (local.get $balance))))
)
(invoke "run" (i32.const 192) (i64.const 64))
(wait $Other)

(module
  (memory (import "mem" "memory") 1 1 shared)
  ;; What lies in the cells, and did not come out
  (func (export "missing") (result i64)
    (i64.sub (i64.load (i32.const 256))
      (i64.add (i64.add (i64.load (i32.const 0)) (i64.add (i64.load32_u (i32.const 8)) (i64.load32_u (i32.const 12))))
        (i64.add (i64.add (i64.load16_u (i32.const 16)) (i64.load16_u (i32.const 18)))
          (i64.add (i64.load8_u (i32.const 20)) (i64.load8_u (i32.const 21)))))))
)
(assert_return (invoke "missing") (i64.const 0))
