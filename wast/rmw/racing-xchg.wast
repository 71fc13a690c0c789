;; title:    what two threads exchange into the same cells comes out once
;; spec:     exec-atomic.rmw
;; features: threads
;; threads:  2
;; why:      wasmoon #302, wasmer #3163, wazero #1460

;; 0: 64 bits; 8, 12: 32 bits; 16, 18: 16 bits; 20, 21: 8 bits; all seven instructions, and cells of all widths side by side.
;; Tokens of 7 bits go in, by 64 for each thread; 128: the sum of those that went in minus those that came out.
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
    ;; What went in minus what came out
    (func (export "run") (param $token i64) (param $n i32)
      (local $balance i64)
      (call $together)
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
      (drop (i64.atomic.rmw.add (i32.const 128) (local.get $balance))))
  )
  (invoke "run" (i64.const 0) (i32.const 20_000))
)

(module
  (memory (import "mem" "memory") 1 1 shared)
  ;; Returns when both threads have come here.
  (func $together
    (drop (i32.atomic.rmw.add (i32.const 64) (i32.const 1)))
    (loop $until_both (br_if $until_both (i32.lt_u (i32.atomic.load (i32.const 64)) (i32.const 2)))))
  ;; What went in minus what came out
  (func (export "run") (param $token i64) (param $n i32)
    (local $balance i64)
    (call $together)
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
    (drop (i64.atomic.rmw.add (i32.const 128) (local.get $balance))))
)
(invoke "run" (i64.const 64) (i32.const 20_000))
(wait $Other)

(module
  (memory (import "mem" "memory") 1 1 shared)
  ;; What lies in the cells, and did not come out
  (func (export "missing") (result i64)
    (i64.sub (i64.load (i32.const 128))
      (i64.add (i64.add (i64.load (i32.const 0)) (i64.add (i64.load32_u (i32.const 8)) (i64.load32_u (i32.const 12))))
        (i64.add (i64.add (i64.load16_u (i32.const 16)) (i64.load16_u (i32.const 18)))
          (i64.add (i64.load8_u (i32.const 20)) (i64.load8_u (i32.const 21)))))))
)
(assert_return (invoke "missing") (i64.const 0))
