;; title:    a lock of xchg, wait and notify keeps the plain accesses of two threads apart
;; spec:     exec-atomic.rmw
;; features: threads
;; threads:  2
;; needs:    wait
;; why:      wazero #1460, WAMR #2044

;; 0: the lock, 2 while somebody has it or waits for it; 1024: a plain count that it guards, on the way through 2048.
;; 128, 192: the blocks of 100 rounds that each thread has done; 64: the end has come; 256: all rounds.
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
    (func $lock
      (loop $again
        (if (i32.atomic.rmw.xchg (i32.const 0) (i32.const 2))
          (then
            (drop (memory.atomic.wait32 (i32.const 0) (i32.const 2) (i64.const -1)))
            (br $again)))))
    (func $unlock
      (i32.atomic.store (i32.const 0) (i32.const 0))
      (drop (memory.atomic.notify (i32.const 0) (i32.const 1))))
    (func (export "run") (param $me i32) (result i32)
      (local $n i32) (local $x i32) (local $total i32)
      (loop $block
        (local.set $n (i32.const 100))
        (loop $next
          (call $lock)
          (local.set $x (i32.add (i32.load (i32.const 1024)) (i32.const 1)))
          (i32.store (i32.const 2048) (local.get $x))
          (memory.copy (i32.const 1024) (i32.const 2048) (i32.const 4))
          (call $unlock)
          (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
        (local.set $total (i32.add (local.get $total) (i32.const 100)))
        (br_if $block (call $go_on (local.get $me))))
      (drop (i32.atomic.rmw.add (i32.const 256) (local.get $total)))
      (i32.const 0))
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
  (func $lock
    (loop $again
      (if (i32.atomic.rmw.xchg (i32.const 0) (i32.const 2))
        (then
          (drop (memory.atomic.wait32 (i32.const 0) (i32.const 2) (i64.const -1)))
          (br $again)))))
  (func $unlock
    (i32.atomic.store (i32.const 0) (i32.const 0))
    (drop (memory.atomic.notify (i32.const 0) (i32.const 1))))
  (func (export "run") (param $me i32) (result i32)
    (local $n i32) (local $x i32) (local $total i32)
    (loop $block
      (local.set $n (i32.const 100))
      (loop $next
        (call $lock)
        (local.set $x (i32.add (i32.load (i32.const 1024)) (i32.const 1)))
        (i32.store (i32.const 2048) (local.get $x))
        (memory.copy (i32.const 1024) (i32.const 2048) (i32.const 4))
        (call $unlock)
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
      (local.set $total (i32.add (local.get $total) (i32.const 100)))
      (br_if $block (call $go_on (local.get $me))))
    (drop (i32.atomic.rmw.add (i32.const 256) (local.get $total)))
    (i32.const 0))
  (func (export "lost") (result i32) (i32.sub (i32.load (i32.const 256)) (i32.load (i32.const 1024))))
)
(assert_return (invoke "run" (i32.const 192)) (i32.const 0))
(wait $Other)
(assert_return (invoke "lost") (i32.const 0))
