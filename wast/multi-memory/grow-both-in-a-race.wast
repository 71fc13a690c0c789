;; title:    two threads that each grow a memory of their own and one that they share keep both whole
;; spec:     exec-memory.grow
;; features: threads multi-memory
;; threads:  2
;; why:      WebKit #72313

;; 8 of either memory: how many rounds there were; 256: the rounds of both, by their own memories. 128, 192: the blocks
;; of 200 rounds that each thread has done, with a grow of each memory before many of them; 64: the end has come.
(module $Mem (memory (export "memory") 1 400 shared))
(register "mem" $Mem)

(thread $Other (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory $m (import "mem" "memory") 1 400 shared)
    (memory $own 1 400)
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
      (local $n i32) (local $size i32) (local $wrong i32) (local $before i32)
      (loop $block
        (local.set $size (memory.size $own))
        ;; In blocks that followed one of the other thread
        (if (i32.ne (global.get $seen) (local.get $before))
          (then
            (drop (memory.grow $m (i32.const 1)))
            (local.set $wrong (i32.add (local.get $wrong) (i32.ne (memory.size $own) (local.get $size))))
            (if (i32.ne (memory.grow $own (i32.const 1)) (i32.const -1))
              (then
                (local.set $wrong (i32.add (local.get $wrong)
                  (i32.ne (memory.size $own) (i32.add (local.get $size) (i32.const 1)))))
                (i32.store $own (i32.mul (local.get $size) (i32.const 65536)) (local.get $me))))))
        (local.set $before (global.get $seen))
        (local.set $n (i32.const 200))
        (loop $next
          (drop (i32.atomic.rmw.add $m (i32.const 8) (i32.const 1)))
          (i32.store $own (i32.const 8) (i32.add (i32.load $own (i32.const 8)) (i32.const 1)))
          (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
        (br_if $block (call $go_on (local.get $me))))
      (drop (i32.atomic.rmw.add $m (i32.const 256) (i32.load $own (i32.const 8))))
      (local.get $wrong))
  )
  (assert_return (invoke "run" (i32.const 128)) (i32.const 0))
)

(module
  (memory $m (import "mem" "memory") 1 400 shared)
  (memory $own 1 400)
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
    (local $n i32) (local $size i32) (local $wrong i32) (local $before i32)
    (loop $block
      (local.set $size (memory.size $own))
      ;; In blocks that followed one of the other thread
      (if (i32.ne (global.get $seen) (local.get $before))
        (then
          (drop (memory.grow $m (i32.const 1)))
          (local.set $wrong (i32.add (local.get $wrong) (i32.ne (memory.size $own) (local.get $size))))
          (if (i32.ne (memory.grow $own (i32.const 1)) (i32.const -1))
            (then
              (local.set $wrong (i32.add (local.get $wrong)
                (i32.ne (memory.size $own) (i32.add (local.get $size) (i32.const 1)))))
              (i32.store $own (i32.mul (local.get $size) (i32.const 65536)) (local.get $me))))))
      (local.set $before (global.get $seen))
      (local.set $n (i32.const 200))
      (loop $next
        (drop (i32.atomic.rmw.add $m (i32.const 8) (i32.const 1)))
        (i32.store $own (i32.const 8) (i32.add (i32.load $own (i32.const 8)) (i32.const 1)))
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
      (br_if $block (call $go_on (local.get $me))))
    (drop (i32.atomic.rmw.add $m (i32.const 256) (i32.load $own (i32.const 8))))
    (local.get $wrong))
  (func (export "lost") (result i32) (i32.sub (i32.load $m (i32.const 256)) (i32.load $m (i32.const 8))))
)
(assert_return (invoke "run" (i32.const 192)) (i32.const 0))
(wait $Other)
(assert_return (invoke "lost") (i32.const 0))
