;; title:    a copy that races with fills copies bytes that were there, old or new, and no others
;; spec:     relaxed-consistent
;; features: threads
;; threads:  2

;; One thread fills the 67 bytes from 1024 on with 0x0f and 0xf0 in turn; the other copies them to 2048, where nobody
;; else writes. 128, 192: the blocks that each thread has done; 64: the end has come.
(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)
(module
  (memory (import "mem" "memory") 1 1 shared)
  (func (export "fill") (memory.fill (i32.const 1024) (i32.const 0x0f) (i32.const 67)))
)
(invoke "fill")

(thread $Filler (shared (module $Mem))
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
    (func (export "fill") (param $me i32)
      (local $n i32)
      (loop $block
        (local.set $n (i32.const 200))
        (loop $next
          (memory.fill (i32.const 1024) (i32.const 0x0f) (i32.const 67))
          (memory.fill (i32.const 1024) (i32.const 0xf0) (i32.const 67))
          (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
        (br_if $block (call $go_on (local.get $me)))))
  )
  (invoke "fill" (i32.const 128))
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
  (func (export "copy") (param $me i32) (result i32)
    (local $n i32) (local $wrong i32) (local $at i32)
    (loop $block
      (local.set $n (i32.const 100))
      (loop $next
        (memory.copy (i32.const 2048) (i32.const 1024) (i32.const 67))
        (local.set $at (i32.const 2048))
        (loop $byte
          (local.set $wrong (i32.add (local.get $wrong)
            (i32.and
              (i32.ne (i32.load8_u (local.get $at)) (i32.const 0x0f))
              (i32.ne (i32.load8_u (local.get $at)) (i32.const 0xf0)))))
          (br_if $byte (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 1))) (i32.const 2115))))
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
      (br_if $block (call $go_on (local.get $me))))
    (local.get $wrong))
  (func (export "beside") (result i32) (i32.or (i32.load8_u (i32.const 2047)) (i32.load8_u (i32.const 2115))))
)
(assert_return (invoke "copy" (i32.const 192)) (i32.const 0))
(wait $Filler)
(assert_return (invoke "beside") (i32.const 0))
