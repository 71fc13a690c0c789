;; title:    atomic stores of two threads to neighbouring cells do not disturb each other
;; spec:     relaxed-consistent
;; features: threads
;; threads:  2
;; why:      wasmtime #5884, wasmtime #5919

;; Within four words each thread has one cell and the other the one beside it, of 8, 16 or 32 bits, and finds what it
;; wrote. A store that reads and writes the whole word would undo the other's. 128, 192: the blocks of 1000 rounds that
;; each thread has done; 64: the end has come.
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
    (func (export "run") (param $me i32) (result i32)
      (local $n i32) (local $wrong i32)
      (loop $block
        (local.set $n (i32.const 1000))
        (loop $next
          (i32.atomic.store8 (i32.const 1024) (i32.const 0x1))
          (local.set $wrong (i32.add (local.get $wrong) (i32.ne (i32.atomic.load8_u (i32.const 1024)) (i32.const 0x1))))
          (i32.atomic.store8 (i32.const 1024) (i32.const 0x2))
          (local.set $wrong (i32.add (local.get $wrong) (i32.ne (i32.atomic.load8_u (i32.const 1024)) (i32.const 0x2))))
          (i64.atomic.store16 (i32.const 1028) (i64.const 0x3))
          (local.set $wrong (i32.add (local.get $wrong) (i64.ne (i64.atomic.load16_u (i32.const 1028)) (i64.const 0x3))))
          (i64.atomic.store16 (i32.const 1028) (i64.const 0x4))
          (local.set $wrong (i32.add (local.get $wrong) (i64.ne (i64.atomic.load16_u (i32.const 1028)) (i64.const 0x4))))
          (i64.atomic.store32 (i32.const 1032) (i64.const 0x5))
          (local.set $wrong (i32.add (local.get $wrong) (i64.ne (i64.atomic.load32_u (i32.const 1032)) (i64.const 0x5))))
          (i64.atomic.store32 (i32.const 1032) (i64.const 0x6))
          (local.set $wrong (i32.add (local.get $wrong) (i64.ne (i64.atomic.load32_u (i32.const 1032)) (i64.const 0x6))))
          (i32.atomic.store (i32.const 1040) (i32.const 0x7))
          (local.set $wrong (i32.add (local.get $wrong) (i32.ne (i32.atomic.load (i32.const 1040)) (i32.const 0x7))))
          (i32.atomic.store (i32.const 1040) (i32.const 0x8))
          (local.set $wrong (i32.add (local.get $wrong) (i32.ne (i32.atomic.load (i32.const 1040)) (i32.const 0x8))))
          (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
        (br_if $block (call $go_on (local.get $me))))
      (local.get $wrong))
  )
  (assert_return (invoke "run" (i32.const 128)) (i32.const 0))
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
  (func (export "run") (param $me i32) (result i32)
    (local $n i32) (local $wrong i32)
    (loop $block
      (local.set $n (i32.const 1000))
      (loop $next
        (i32.atomic.store8 (i32.const 1025) (i32.const 0x1))
        (local.set $wrong (i32.add (local.get $wrong) (i32.ne (i32.atomic.load8_u (i32.const 1025)) (i32.const 0x1))))
        (i32.atomic.store8 (i32.const 1025) (i32.const 0x2))
        (local.set $wrong (i32.add (local.get $wrong) (i32.ne (i32.atomic.load8_u (i32.const 1025)) (i32.const 0x2))))
        (i64.atomic.store16 (i32.const 1030) (i64.const 0x3))
        (local.set $wrong (i32.add (local.get $wrong) (i64.ne (i64.atomic.load16_u (i32.const 1030)) (i64.const 0x3))))
        (i64.atomic.store16 (i32.const 1030) (i64.const 0x4))
        (local.set $wrong (i32.add (local.get $wrong) (i64.ne (i64.atomic.load16_u (i32.const 1030)) (i64.const 0x4))))
        (i64.atomic.store32 (i32.const 1036) (i64.const 0x5))
        (local.set $wrong (i32.add (local.get $wrong) (i64.ne (i64.atomic.load32_u (i32.const 1036)) (i64.const 0x5))))
        (i64.atomic.store32 (i32.const 1036) (i64.const 0x6))
        (local.set $wrong (i32.add (local.get $wrong) (i64.ne (i64.atomic.load32_u (i32.const 1036)) (i64.const 0x6))))
        (i32.atomic.store (i32.const 1044) (i32.const 0x7))
        (local.set $wrong (i32.add (local.get $wrong) (i32.ne (i32.atomic.load (i32.const 1044)) (i32.const 0x7))))
        (i32.atomic.store (i32.const 1044) (i32.const 0x8))
        (local.set $wrong (i32.add (local.get $wrong) (i32.ne (i32.atomic.load (i32.const 1044)) (i32.const 0x8))))
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
      (br_if $block (call $go_on (local.get $me))))
    (local.get $wrong))
)
(assert_return (invoke "run" (i32.const 192)) (i32.const 0))
(wait $Other)
