;; title:    atomic updates of two threads, each of which grows the memory between them, are all there
;; spec:     exec-memory.grow
;; features: threads
;; threads:  2
;; why:      emscripten #21574, threads #203

;; 1024: 64 bits; 1032: 32; 1036: 16; 1038: 8. 128, 192: the blocks of 500 rounds that each thread has done, with a grow
;; before many of them; 64: the end has come; 256: all rounds.
(module $Mem (memory (export "memory") 1 400 shared))
(register "mem" $Mem)

(thread $Other (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 400 shared)
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
      (local $n i32) (local $total i32) (local $before i32)
      (loop $block
        ;; In blocks that followed one of the other thread
        (if (i32.ne (global.get $seen) (local.get $before)) (then (drop (memory.grow (i32.const 1)))))
        (local.set $before (global.get $seen))
        (local.set $n (i32.const 500))
        (loop $next
          (drop (i64.atomic.rmw.add (i32.const 1024) (i64.const 1)))
          (drop (i32.atomic.rmw.sub (i32.const 1032) (i32.const 1)))
          (drop (i32.atomic.rmw16.add_u (i32.const 1036) (i32.const 1)))
          (drop (i64.atomic.rmw8.add_u (i32.const 1038) (i64.const 1)))
          (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
        (local.set $total (i32.add (local.get $total) (i32.const 500)))
        (br_if $block (call $go_on (local.get $me))))
      (drop (i32.atomic.rmw.add (i32.const 256) (local.get $total)))
      (i32.const 0))
  )
  (assert_return (invoke "run" (i32.const 128)) (i32.const 0))
)

(module
  (memory (import "mem" "memory") 1 400 shared)
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
    (local $n i32) (local $total i32) (local $before i32)
    (loop $block
      ;; In blocks that followed one of the other thread
      (if (i32.ne (global.get $seen) (local.get $before)) (then (drop (memory.grow (i32.const 1)))))
      (local.set $before (global.get $seen))
      (local.set $n (i32.const 500))
      (loop $next
        (drop (i64.atomic.rmw.add (i32.const 1024) (i64.const 1)))
        (drop (i32.atomic.rmw.sub (i32.const 1032) (i32.const 1)))
        (drop (i32.atomic.rmw16.add_u (i32.const 1036) (i32.const 1)))
        (drop (i64.atomic.rmw8.add_u (i32.const 1038) (i64.const 1)))
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
      (local.set $total (i32.add (local.get $total) (i32.const 500)))
      (br_if $block (call $go_on (local.get $me))))
    (drop (i32.atomic.rmw.add (i32.const 256) (local.get $total)))
    (i32.const 0))
  (func (export "lost") (result i32)
    (local $n i32)
    (local.set $n (i32.load (i32.const 256)))
    (i32.or
      (i32.or
        (i32.xor (local.get $n) (i32.wrap_i64 (i64.load (i32.const 1024))))
        (i32.add (local.get $n) (i32.load (i32.const 1032))))
      (i32.or
        (i32.xor (i32.and (local.get $n) (i32.const 0xffff)) (i32.load16_u (i32.const 1036)))
        (i32.xor (i32.and (local.get $n) (i32.const 0xff)) (i32.load8_u (i32.const 1038))))))
)
(assert_return (invoke "run" (i32.const 192)) (i32.const 0))
(wait $Other)
(assert_return (invoke "lost") (i32.const 0))
