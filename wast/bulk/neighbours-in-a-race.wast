;; title:    bulk writes of two threads to neighbouring bytes do not disturb each other
;; spec:     exec-memory.fill
;; features: threads
;; threads:  2

;; One thread has the bytes 256 … 268, the other 269 … 287: the border lies within a word. Each writes its part by fill, copy
;; and init over and over, and after each finds what it wrote. 128, 192: the blocks of 300 rounds that each has done; 64: the
;; end has come.
(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)

(thread $Other (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (data $bytes "\11\11\11\11\11\11\11\11\11\11\11\11\11")
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
    ;; How often in ten reads the byte is another one: long enough for the other thread to write between.
    (func $changes (param $at i32) (param $byte i32) (result i32)
      (local $n i32) (local $wrong i32)
      (local.set $n (i32.const 10))
      (loop $again
        (local.set $wrong (i32.add (local.get $wrong) (i32.ne (i32.load8_u (local.get $at)) (local.get $byte))))
        (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
      (local.get $wrong))
    (func (export "run") (param $me i32) (result i32)
      (local $n i32) (local $wrong i32)
      (memory.fill (i32.const 1024) (i32.const 0x22) (i32.const 13))
      (loop $block
        (local.set $n (i32.const 300))
        (loop $next
          (memory.init $bytes (i32.const 256) (i32.const 0) (i32.const 13))
          (local.set $wrong (i32.add (local.get $wrong) (call $changes (i32.const 268) (i32.const 0x11))))
          (memory.copy (i32.const 256) (i32.const 1024) (i32.const 13))
          (local.set $wrong (i32.add (local.get $wrong) (call $changes (i32.const 268) (i32.const 0x22))))
          (memory.fill (i32.const 256) (i32.const 0x33) (i32.const 13))
          (local.set $wrong (i32.add (local.get $wrong) (call $changes (i32.const 268) (i32.const 0x33))))
          (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
        (br_if $block (call $go_on (local.get $me))))
      (local.get $wrong))
  )
  (assert_return (invoke "run" (i32.const 128)) (i32.const 0))
)

(module
  (memory (import "mem" "memory") 1 1 shared)
  (data $bytes "\44\44\44\44\44\44\44\44\44\44\44\44\44\44\44\44\44\44\44")
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
  ;; How often in ten reads the byte is another one: long enough for the other thread to write between.
  (func $changes (param $at i32) (param $byte i32) (result i32)
    (local $n i32) (local $wrong i32)
    (local.set $n (i32.const 10))
    (loop $again
      (local.set $wrong (i32.add (local.get $wrong) (i32.ne (i32.load8_u (local.get $at)) (local.get $byte))))
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $wrong))
  (func (export "run") (param $me i32) (result i32)
    (local $n i32) (local $wrong i32)
    (memory.fill (i32.const 2048) (i32.const 0x55) (i32.const 19))
    (loop $block
      (local.set $n (i32.const 300))
      (loop $next
        (memory.init $bytes (i32.const 269) (i32.const 0) (i32.const 19))
        (local.set $wrong (i32.add (local.get $wrong) (call $changes (i32.const 269) (i32.const 0x44))))
        (memory.copy (i32.const 269) (i32.const 2048) (i32.const 19))
        (local.set $wrong (i32.add (local.get $wrong) (call $changes (i32.const 269) (i32.const 0x55))))
        (memory.fill (i32.const 269) (i32.const 0x66) (i32.const 19))
        (local.set $wrong (i32.add (local.get $wrong) (call $changes (i32.const 269) (i32.const 0x66))))
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
      (br_if $block (call $go_on (local.get $me))))
    (local.get $wrong))
  (func (export "word") (param i32) (result i64) (i64.load (local.get 0)))
)
(assert_return (invoke "run" (i32.const 192)) (i32.const 0))
(wait $Other)
(assert_return (invoke "word" (i32.const 248)) (i64.const 0))
(assert_return (invoke "word" (i32.const 256)) (i64.const 0x3333333333333333))
(assert_return (invoke "word" (i32.const 264)) (i64.const 0x6666663333333333))
(assert_return (invoke "word" (i32.const 280)) (i64.const 0x6666666666666666))
(assert_return (invoke "word" (i32.const 288)) (i64.const 0))
