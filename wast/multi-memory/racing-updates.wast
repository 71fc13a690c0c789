;; title:    two threads that update the same cells of memory 1 lose no update
;; spec:     exec-atomic.rmw
;; features: threads multi-memory
;; threads:  2
;; why:      wasmoon #302, wasmer #3163, wazero #1460

;; 1024 … 1048: cells of all widths, side by side. 128, 192: the blocks of 1000 rounds that each thread has done; 64:
;; the end has come; 256: all rounds.
(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)

(thread $Other (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory $own (import "spectest" "memory") 1 2)
    (memory $m (import "mem" "memory") 1 1 shared)
    ;; After a block of rounds: whether another one is due. The end has come when this thread has seen the other get on in
    ;; 20 blocks on end, as they run at once, or in 100 all in all, as on one core; or when the other says so.
    (global $last (mut i32) (i32.const 0))
    (global $on_end (mut i32) (i32.const 0))
    (global $seen (mut i32) (i32.const 0))
    (func $go_on (param $me i32) (result i32)
      (local $now i32)
      (drop (i32.atomic.rmw.add $m (local.get $me) (i32.const 1)))
      (local.set $now (i32.atomic.load $m (i32.xor (local.get $me) (i32.const 64))))
      (global.set $seen (i32.add (global.get $seen) (i32.ne (local.get $now) (global.get $last))))
      (global.set $on_end (select (i32.add (global.get $on_end) (i32.const 1)) (i32.const 0)
        (i32.ne (local.get $now) (global.get $last))))
      (global.set $last (local.get $now))
      (if (i32.or (i32.ge_u (global.get $on_end) (i32.const 20)) (i32.ge_u (global.get $seen) (i32.const 100)))
        (then (i32.atomic.store $m (i32.const 64) (i32.const 1))))
      (i32.eqz (i32.atomic.load $m (i32.const 64))))
    (func (export "run") (param $me i32) (param $bit i32)
      (local $n i32) (local $old i64) (local $total i64)
      (loop $block
        (local.set $n (i32.const 1000))
        (loop $next
          (drop (i64.atomic.rmw.add $m (i32.const 1024) (i64.const 1)))
          (drop (i32.atomic.rmw.sub $m (i32.const 1032) (i32.const 1)))
          (drop (i64.atomic.rmw32.add_u $m (i32.const 1036) (i64.const 1)))
          (drop (i32.atomic.rmw16.add_u $m (i32.const 1040) (i32.const 1)))
          (drop (i64.atomic.rmw8.sub_u $m (i32.const 1042) (i64.const 1)))
          (drop (i32.atomic.rmw.xor $m (i32.const 1044) (local.get $bit)))
          (loop $again
            (local.set $old (i64.atomic.load $m (i32.const 1048)))
            (br_if $again (i64.ne (local.get $old)
              (i64.atomic.rmw.cmpxchg $m (i32.const 1048) (local.get $old) (i64.add (local.get $old) (i64.const 1))))))
          (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
        (local.set $total (i64.add (local.get $total) (i64.const 1000)))
        (br_if $block (call $go_on (local.get $me))))
      (drop (i64.atomic.rmw.add $m (i32.const 256) (local.get $total))))
  )
  (invoke "run" (i32.const 128) (i32.const 1))
)

(module
  (memory $own (import "spectest" "memory") 1 2)
  (memory $m (import "mem" "memory") 1 1 shared)
  ;; After a block of rounds: whether another one is due. The end has come when this thread has seen the other get on in
  ;; 20 blocks on end, as they run at once, or in 100 all in all, as on one core; or when the other says so.
  (global $last (mut i32) (i32.const 0))
  (global $on_end (mut i32) (i32.const 0))
  (global $seen (mut i32) (i32.const 0))
  (func $go_on (param $me i32) (result i32)
    (local $now i32)
    (drop (i32.atomic.rmw.add $m (local.get $me) (i32.const 1)))
    (local.set $now (i32.atomic.load $m (i32.xor (local.get $me) (i32.const 64))))
    (global.set $seen (i32.add (global.get $seen) (i32.ne (local.get $now) (global.get $last))))
    (global.set $on_end (select (i32.add (global.get $on_end) (i32.const 1)) (i32.const 0)
      (i32.ne (local.get $now) (global.get $last))))
    (global.set $last (local.get $now))
    (if (i32.or (i32.ge_u (global.get $on_end) (i32.const 20)) (i32.ge_u (global.get $seen) (i32.const 100)))
      (then (i32.atomic.store $m (i32.const 64) (i32.const 1))))
    (i32.eqz (i32.atomic.load $m (i32.const 64))))
  (func (export "run") (param $me i32) (param $bit i32)
    (local $n i32) (local $old i64) (local $total i64)
    (loop $block
      (local.set $n (i32.const 1000))
      (loop $next
        (drop (i64.atomic.rmw.add $m (i32.const 1024) (i64.const 1)))
        (drop (i32.atomic.rmw.sub $m (i32.const 1032) (i32.const 1)))
        (drop (i64.atomic.rmw32.add_u $m (i32.const 1036) (i64.const 1)))
        (drop (i32.atomic.rmw16.add_u $m (i32.const 1040) (i32.const 1)))
        (drop (i64.atomic.rmw8.sub_u $m (i32.const 1042) (i64.const 1)))
        (drop (i32.atomic.rmw.xor $m (i32.const 1044) (local.get $bit)))
        (loop $again
          (local.set $old (i64.atomic.load $m (i32.const 1048)))
          (br_if $again (i64.ne (local.get $old)
            (i64.atomic.rmw.cmpxchg $m (i32.const 1048) (local.get $old) (i64.add (local.get $old) (i64.const 1))))))
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
      (local.set $total (i64.add (local.get $total) (i64.const 1000)))
      (br_if $block (call $go_on (local.get $me))))
    (drop (i64.atomic.rmw.add $m (i32.const 256) (local.get $total))))
  ;; 0 unless a cell is not what all rounds together make of it
  (func (export "lost") (result i64)
    (local $n i64)
    (local.set $n (i64.load $m (i32.const 256)))
    (i64.or
      (i64.or
        (i64.xor (local.get $n) (i64.load $m (i32.const 1024)))
        (i64.and (i64.const 0xffffffff) (i64.add (local.get $n) (i64.load32_u $m (i32.const 1032)))))
      (i64.or
        (i64.or
          (i64.xor (local.get $n) (i64.load32_u $m (i32.const 1036)))
          (i64.and (i64.const 0xffff) (i64.xor (local.get $n) (i64.load16_u $m (i32.const 1040)))))
        (i64.or
          (i64.and (i64.const 0xff) (i64.add (local.get $n) (i64.load8_u $m (i32.const 1042))))
          (i64.or (i64.load32_u $m (i32.const 1044)) (i64.xor (local.get $n) (i64.load $m (i32.const 1048))))))))
)
(invoke "run" (i32.const 192) (i32.const 2))
(wait $Other)
(assert_return (invoke "lost") (i64.const 0))
