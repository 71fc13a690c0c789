;; title:    what two threads exchange into the same cells comes out once: i64
;; spec:     exec-atomic.rmw
;; features: threads
;; threads:  2
;; why:      wasmoon #302, wasmer #3163, wazero #1460

;; 0: 64 bits; 8: 32 bits; 12: 16 bits; 14: 8 bits, side by side. Tokens go in, 1 to 64 of $Other, 65 to 128 of this thread;
;; 256: the sum of those in minus those out; 128: the blocks of 1000 rounds that $Other has done; 64: the end has come.
(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)

(thread $Other (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func (export "run") (param $first i64) (local $n i32) (local $token i64) (local $balance i64)
      (loop $block
        (local.set $n (i32.const 1000))
        (loop $next
          (local.set $token (i64.add (i64.and (i64.extend_i32_u (local.get $n)) (i64.const 63)) (local.get $first)))
          (local.set $balance (i64.add (local.get $balance) (i64.mul (i64.const 4) (local.get $token))))
          (local.set $balance (i64.sub (local.get $balance) (i64.atomic.rmw.xchg (i32.const 0) (local.get $token))))
          (local.set $balance (i64.sub (local.get $balance) (i64.atomic.rmw32.xchg_u (i32.const 8) (local.get $token))))
          (local.set $balance (i64.sub (local.get $balance) (i64.atomic.rmw16.xchg_u (i32.const 12) (local.get $token))))
          (local.set $balance (i64.sub (local.get $balance) (i64.atomic.rmw8.xchg_u (i32.const 14) (local.get $token))))
          (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
        (drop (i32.atomic.rmw.add (i32.const 128) (i32.const 1)))
        (br_if $block (i32.eqz (i32.atomic.load (i32.const 64)))))
      (drop (i64.atomic.rmw.add (i32.const 256) (local.get $balance)))))
  (invoke "run" (i64.const 1)))

(module
  (memory (import "mem" "memory") 1 1 shared)
  ;; Goes on until $Other was seen to get on forty times.
  (func (export "run") (param $first i64)
    (local $n i32) (local $last i32) (local $seen i32) (local $token i64) (local $balance i64)
    (loop $block
      (local.set $n (i32.const 1000))
      (loop $next
        (local.set $token (i64.add (i64.and (i64.extend_i32_u (local.get $n)) (i64.const 63)) (local.get $first)))
        (local.set $balance (i64.add (local.get $balance) (i64.mul (i64.const 4) (local.get $token))))
        (local.set $balance (i64.sub (local.get $balance) (i64.atomic.rmw.xchg (i32.const 0) (local.get $token))))
        (local.set $balance (i64.sub (local.get $balance) (i64.atomic.rmw32.xchg_u (i32.const 8) (local.get $token))))
        (local.set $balance (i64.sub (local.get $balance) (i64.atomic.rmw16.xchg_u (i32.const 12) (local.get $token))))
        (local.set $balance (i64.sub (local.get $balance) (i64.atomic.rmw8.xchg_u (i32.const 14) (local.get $token))))
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
      (local.set $seen (i32.add (local.get $seen)
        (i32.ne (local.get $last) (local.tee $last (i32.atomic.load (i32.const 128))))))
      (br_if $block (i32.lt_u (local.get $seen) (i32.const 40))))
    (i32.atomic.store (i32.const 64) (i32.const 1))
    (drop (i64.atomic.rmw.add (i32.const 256) (local.get $balance))))
  ;; What did not come out and is in no cell
  (func (export "missing") (result i64)
    (i64.sub (i64.load (i32.const 256))
      (i64.add (i64.add (i64.load (i32.const 0)) (i64.load32_u (i32.const 8)))
        (i64.add (i64.load16_u (i32.const 12)) (i64.load8_u (i32.const 14)))))))

(invoke "run" (i64.const 65))
(wait $Other)
(assert_return (invoke "missing") (i64.const 0))
