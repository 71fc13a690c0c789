;; title:    a cmpxchg that finds another value than expected leaves alone what another thread stores meanwhile
;; spec:     exec-atomic.rmw.cmpxchg
;; features: threads
;; threads:  2
;; why:      wasmtime #5884

;; One thread stores 1 to 127 in turn and finds what it stored; the other compares the same cells with 0x80, which none is.
;; 0: 64 bits; 8, 12: 32 bits; 16, 18: 16 bits; 20, 21: 8 bits. 128, 192: the blocks of 1000 rounds that each thread has
;; done; 64: the end has come.
(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)

(thread $Storer (shared (module $Mem))
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
    ;; How often a cell was not what this thread had stored.
    (func (export "store") (param $me i32) (result i32)
      (local $n i32) (local $value i32) (local $wrong i32)
      (loop $block
        (local.set $n (i32.const 1000))
        (loop $next
          (local.set $value (i32.add (i32.const 1) (i32.rem_u (local.get $n) (i32.const 127))))
          (i64.atomic.store (i32.const 0) (i64.extend_i32_u (local.get $value)))
          (i32.atomic.store (i32.const 8) (local.get $value))
          (i64.atomic.store32 (i32.const 12) (i64.extend_i32_u (local.get $value)))
          (i32.atomic.store16 (i32.const 16) (local.get $value))
          (i64.atomic.store16 (i32.const 18) (i64.extend_i32_u (local.get $value)))
          (i32.atomic.store8 (i32.const 20) (local.get $value))
          (i64.atomic.store8 (i32.const 21) (i64.extend_i32_u (local.get $value)))
          (local.set $wrong (i32.add (local.get $wrong) (i64.ne (i64.atomic.load (i32.const 0)) (i64.extend_i32_u (local.get $value)))))
          (local.set $wrong (i32.add (local.get $wrong) (i32.ne (i32.atomic.load (i32.const 8)) (local.get $value))))
          (local.set $wrong (i32.add (local.get $wrong) (i64.ne (i64.atomic.load32_u (i32.const 12)) (i64.extend_i32_u (local.get $value)))))
          (local.set $wrong (i32.add (local.get $wrong) (i32.ne (i32.atomic.load16_u (i32.const 16)) (local.get $value))))
          (local.set $wrong (i32.add (local.get $wrong) (i64.ne (i64.atomic.load16_u (i32.const 18)) (i64.extend_i32_u (local.get $value)))))
          (local.set $wrong (i32.add (local.get $wrong) (i32.ne (i32.atomic.load8_u (i32.const 20)) (local.get $value))))
          (local.set $wrong (i32.add (local.get $wrong) (i64.ne (i64.atomic.load8_u (i32.const 21)) (i64.extend_i32_u (local.get $value)))))
          (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
        (br_if $block (call $go_on (local.get $me))))
      (local.get $wrong))
  )
  (assert_return (invoke "store" (i32.const 128)) (i32.const 0))
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
  (func (export "compare") (param $me i32)
    (local $n i32)
    (loop $block
      (local.set $n (i32.const 1000))
      (loop $next
        (drop (i64.atomic.rmw.cmpxchg (i32.const 0) (i64.const 0x80) (i64.const 0x81)))
        (drop (i32.atomic.rmw.cmpxchg (i32.const 8) (i32.const 0x80) (i32.const 0x81)))
        (drop (i64.atomic.rmw32.cmpxchg_u (i32.const 12) (i64.const 0x80) (i64.const 0x81)))
        (drop (i32.atomic.rmw16.cmpxchg_u (i32.const 16) (i32.const 0x80) (i32.const 0x81)))
        (drop (i64.atomic.rmw16.cmpxchg_u (i32.const 18) (i64.const 0x80) (i64.const 0x81)))
        (drop (i32.atomic.rmw8.cmpxchg_u (i32.const 20) (i32.const 0x80) (i32.const 0x81)))
        (drop (i64.atomic.rmw8.cmpxchg_u (i32.const 21) (i64.const 0x80) (i64.const 0x81)))
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
      (br_if $block (call $go_on (local.get $me)))))
)
(invoke "compare" (i32.const 192))
(wait $Storer)
