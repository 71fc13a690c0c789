;; title:    a loop of cmpxchg above twenty live values loses neither an update nor a value
;; spec:     exec-atomic.rmw.cmpxchg
;; features: threads
;; threads:  2
;; why:      wasmtime #4959, wasmtime #4960, walrus #282

;; 1024: 64 bits; 1032: 32; 1036: 16; 1038: 8. The values are 3, 5, 7 … 41 times $v; they lie on the stack during the
;; loops, and their sum is 440 times $v. 128, 192: the blocks of 500 rounds that each thread has done; 64: the end has
;; come; 256: all rounds.
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
    ;; How often the twenty values were not what they had been
    (func (export "run") (param $me i32) (result i32)
      (local $n i32) (local $v i64) (local $old i64) (local $total i64) (local $wrong i32)
      (loop $block
        (local.set $n (i32.const 500))
        (loop $next
          (local.set $v (i64.extend_i32_u (local.get $n)))
          (i64.mul (local.get $v) (i64.const 3)) (i64.mul (local.get $v) (i64.const 5))
          (i64.mul (local.get $v) (i64.const 7)) (i64.mul (local.get $v) (i64.const 9))
          (i64.mul (local.get $v) (i64.const 11)) (i64.mul (local.get $v) (i64.const 13))
          (i64.mul (local.get $v) (i64.const 15)) (i64.mul (local.get $v) (i64.const 17))
          (i64.mul (local.get $v) (i64.const 19)) (i64.mul (local.get $v) (i64.const 21))
          (i64.mul (local.get $v) (i64.const 23)) (i64.mul (local.get $v) (i64.const 25))
          (i64.mul (local.get $v) (i64.const 27)) (i64.mul (local.get $v) (i64.const 29))
          (i64.mul (local.get $v) (i64.const 31)) (i64.mul (local.get $v) (i64.const 33))
          (i64.mul (local.get $v) (i64.const 35)) (i64.mul (local.get $v) (i64.const 37))
          (i64.mul (local.get $v) (i64.const 39)) (i64.mul (local.get $v) (i64.const 41))
          (loop $again
            (local.set $old (i64.atomic.load (i32.const 1024)))
            (br_if $again (i64.ne (local.get $old)
              (i64.atomic.rmw.cmpxchg (i32.const 1024) (local.get $old) (i64.add (local.get $old) (i64.const 1))))))
          (loop $again
            (local.set $old (i64.atomic.load32_u (i32.const 1032)))
            (br_if $again (i64.ne (local.get $old)
              (i64.atomic.rmw32.cmpxchg_u (i32.const 1032) (local.get $old) (i64.add (local.get $old) (i64.const 1))))))
          (loop $again
            (local.set $old (i64.atomic.load16_u (i32.const 1036)))
            (br_if $again (i64.ne (local.get $old)
              (i64.atomic.rmw16.cmpxchg_u (i32.const 1036) (local.get $old) (i64.add (local.get $old) (i64.const 1))))))
          (loop $again
            (local.set $old (i64.atomic.load8_u (i32.const 1038)))
            (br_if $again (i64.ne (local.get $old)
              (i64.atomic.rmw8.cmpxchg_u (i32.const 1038) (local.get $old) (i64.add (local.get $old) (i64.const 1))))))
          (i64.add) (i64.add) (i64.add) (i64.add) (i64.add) (i64.add) (i64.add) (i64.add) (i64.add) (i64.add)
          (i64.add) (i64.add) (i64.add) (i64.add) (i64.add) (i64.add) (i64.add) (i64.add) (i64.add)
          (i64.ne (i64.mul (local.get $v) (i64.const 440)))
          (local.get $wrong) (i32.add) (local.set $wrong)
          (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
        (local.set $total (i64.add (local.get $total) (i64.const 500)))
        (br_if $block (call $go_on (local.get $me))))
      (drop (i64.atomic.rmw.add (i32.const 256) (local.get $total)))
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
  ;; How often the twenty values were not what they had been
  (func (export "run") (param $me i32) (result i32)
    (local $n i32) (local $v i64) (local $old i64) (local $total i64) (local $wrong i32)
    (loop $block
      (local.set $n (i32.const 500))
      (loop $next
        (local.set $v (i64.extend_i32_u (local.get $n)))
        (i64.mul (local.get $v) (i64.const 3)) (i64.mul (local.get $v) (i64.const 5))
        (i64.mul (local.get $v) (i64.const 7)) (i64.mul (local.get $v) (i64.const 9))
        (i64.mul (local.get $v) (i64.const 11)) (i64.mul (local.get $v) (i64.const 13))
        (i64.mul (local.get $v) (i64.const 15)) (i64.mul (local.get $v) (i64.const 17))
        (i64.mul (local.get $v) (i64.const 19)) (i64.mul (local.get $v) (i64.const 21))
        (i64.mul (local.get $v) (i64.const 23)) (i64.mul (local.get $v) (i64.const 25))
        (i64.mul (local.get $v) (i64.const 27)) (i64.mul (local.get $v) (i64.const 29))
        (i64.mul (local.get $v) (i64.const 31)) (i64.mul (local.get $v) (i64.const 33))
        (i64.mul (local.get $v) (i64.const 35)) (i64.mul (local.get $v) (i64.const 37))
        (i64.mul (local.get $v) (i64.const 39)) (i64.mul (local.get $v) (i64.const 41))
        (loop $again
          (local.set $old (i64.atomic.load (i32.const 1024)))
          (br_if $again (i64.ne (local.get $old)
            (i64.atomic.rmw.cmpxchg (i32.const 1024) (local.get $old) (i64.add (local.get $old) (i64.const 1))))))
        (loop $again
          (local.set $old (i64.atomic.load32_u (i32.const 1032)))
          (br_if $again (i64.ne (local.get $old)
            (i64.atomic.rmw32.cmpxchg_u (i32.const 1032) (local.get $old) (i64.add (local.get $old) (i64.const 1))))))
        (loop $again
          (local.set $old (i64.atomic.load16_u (i32.const 1036)))
          (br_if $again (i64.ne (local.get $old)
            (i64.atomic.rmw16.cmpxchg_u (i32.const 1036) (local.get $old) (i64.add (local.get $old) (i64.const 1))))))
        (loop $again
          (local.set $old (i64.atomic.load8_u (i32.const 1038)))
          (br_if $again (i64.ne (local.get $old)
            (i64.atomic.rmw8.cmpxchg_u (i32.const 1038) (local.get $old) (i64.add (local.get $old) (i64.const 1))))))
        (i64.add) (i64.add) (i64.add) (i64.add) (i64.add) (i64.add) (i64.add) (i64.add) (i64.add) (i64.add)
        (i64.add) (i64.add) (i64.add) (i64.add) (i64.add) (i64.add) (i64.add) (i64.add) (i64.add)
        (i64.ne (i64.mul (local.get $v) (i64.const 440)))
        (local.get $wrong) (i32.add) (local.set $wrong)
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
      (local.set $total (i64.add (local.get $total) (i64.const 500)))
      (br_if $block (call $go_on (local.get $me))))
    (drop (i64.atomic.rmw.add (i32.const 256) (local.get $total)))
    (local.get $wrong))
  (func (export "lost") (result i64)
    (local $n i64)
    (local.set $n (i64.load (i32.const 256)))
    (i64.or
      (i64.or
        (i64.xor (local.get $n) (i64.load (i32.const 1024)))
        (i64.and (i64.const 0xffffffff) (i64.xor (local.get $n) (i64.load32_u (i32.const 1032)))))
      (i64.or
        (i64.and (i64.const 0xffff) (i64.xor (local.get $n) (i64.load16_u (i32.const 1036))))
        (i64.and (i64.const 0xff) (i64.xor (local.get $n) (i64.load8_u (i32.const 1038)))))))
)
(assert_return (invoke "run" (i32.const 192)) (i32.const 0))
(wait $Other)
(assert_return (invoke "lost") (i64.const 0))
