;; title:    of what two threads draw by rmw.add and rmw.sub, no number comes out twice
;; spec:     exec-atomic.rmw
;; features: threads
;; threads:  2
;; why:      wabt #2784, wasmtime #5898, wazero #1460

;; 8 counts up, 16 down; 256, 264: the sums of all numbers drawn, which must be those of 0, 1 … n-1 and 0, -1 … 1-n.
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
      (local $n i32) (local $a i64) (local $b i64)
      (loop $block
        (local.set $n (i32.const 1000))
        (loop $next
          (local.set $a (i64.add (local.get $a) (i64.extend_i32_u (i32.atomic.rmw.add (i32.const 8) (i32.const 1)))))
          (local.set $b (i64.add (local.get $b) (i64.atomic.rmw.sub (i32.const 16) (i64.const 1))))
          (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
        (br_if $block (call $go_on (local.get $me))))
      (drop (i64.atomic.rmw.add (i32.const 256) (local.get $a)))
      (drop (i64.atomic.rmw.add (i32.const 264) (local.get $b))))
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
    (local $n i32) (local $a i64) (local $b i64)
    (loop $block
      (local.set $n (i32.const 1000))
      (loop $next
        (local.set $a (i64.add (local.get $a) (i64.extend_i32_u (i32.atomic.rmw.add (i32.const 8) (i32.const 1)))))
        (local.set $b (i64.add (local.get $b) (i64.atomic.rmw.sub (i32.const 16) (i64.const 1))))
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
      (br_if $block (call $go_on (local.get $me))))
    (drop (i64.atomic.rmw.add (i32.const 256) (local.get $a)))
    (drop (i64.atomic.rmw.add (i32.const 264) (local.get $b))))
  ;; n (n - 1) / 2 minus the sum of the numbers drawn, both ways
  (func (export "difference") (result i64 i64)
    (local $n i64) (local $sum i64)
    (local.set $n (i64.load32_u (i32.const 8)))
    (local.set $sum (i64.shr_u (i64.mul (local.get $n) (i64.sub (local.get $n) (i64.const 1))) (i64.const 1)))
    (i64.sub (local.get $sum) (i64.load (i32.const 256)))
    (i64.add (local.get $sum) (i64.load (i32.const 264))))
)
(invoke "run" (i32.const 192))
(wait $Other)
(assert_return (invoke "difference") (i64.const 0) (i64.const 0))
