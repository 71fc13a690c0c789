;; title:    two threads that increment the same cells by cmpxchg lose no update
;; spec:     exec-atomic.rmw.cmpxchg
;; features: threads
;; threads:  2
;; why:      wasmoon #302, wasmer #3163, wazero #1460

;; 0: 64 bits; 8, 12: 32 bits; 16, 18: 16 bits; 20, 21: 8 bits; all seven instructions, and cells of all widths side by side.
;; Each thread adds 1 to each of them 10 000 times.
(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)

(thread $Other (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    ;; Returns when both threads have come here.
    (func $together
      (drop (i32.atomic.rmw.add (i32.const 64) (i32.const 1)))
      (loop $until_both (br_if $until_both (i32.lt_u (i32.atomic.load (i32.const 64)) (i32.const 2)))))
    (func (export "run") (param $n i32)
      (local $a i32) (local $b i64)
      (call $together)
      (loop $next
        (loop $again
          (local.set $b (i64.atomic.load (i32.const 0)))
          (br_if $again (i64.ne (local.get $b)
            (i64.atomic.rmw.cmpxchg (i32.const 0) (local.get $b) (i64.add (local.get $b) (i64.const 1))))))
        (loop $again
          (local.set $a (i32.atomic.load (i32.const 8)))
          (br_if $again (i32.ne (local.get $a)
            (i32.atomic.rmw.cmpxchg (i32.const 8) (local.get $a) (i32.add (local.get $a) (i32.const 1))))))
        (loop $again
          (local.set $b (i64.atomic.load32_u (i32.const 12)))
          (br_if $again (i64.ne (local.get $b)
            (i64.atomic.rmw32.cmpxchg_u (i32.const 12) (local.get $b) (i64.add (local.get $b) (i64.const 1))))))
        (loop $again
          (local.set $a (i32.atomic.load16_u (i32.const 16)))
          (br_if $again (i32.ne (local.get $a)
            (i32.atomic.rmw16.cmpxchg_u (i32.const 16) (local.get $a) (i32.add (local.get $a) (i32.const 1))))))
        (loop $again
          (local.set $b (i64.atomic.load16_u (i32.const 18)))
          (br_if $again (i64.ne (local.get $b)
            (i64.atomic.rmw16.cmpxchg_u (i32.const 18) (local.get $b) (i64.add (local.get $b) (i64.const 1))))))
        (loop $again
          (local.set $a (i32.atomic.load8_u (i32.const 20)))
          (br_if $again (i32.ne (local.get $a)
            (i32.atomic.rmw8.cmpxchg_u (i32.const 20) (local.get $a) (i32.add (local.get $a) (i32.const 1))))))
        (loop $again
          (local.set $b (i64.atomic.load8_u (i32.const 21)))
          (br_if $again (i64.ne (local.get $b)
            (i64.atomic.rmw8.cmpxchg_u (i32.const 21) (local.get $b) (i64.add (local.get $b) (i64.const 1))))))
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
  )
  (invoke "run" (i32.const 10_000))
)

(module
  (memory (import "mem" "memory") 1 1 shared)
  ;; Returns when both threads have come here.
  (func $together
    (drop (i32.atomic.rmw.add (i32.const 64) (i32.const 1)))
    (loop $until_both (br_if $until_both (i32.lt_u (i32.atomic.load (i32.const 64)) (i32.const 2)))))
  (func (export "run") (param $n i32)
    (local $a i32) (local $b i64)
    (call $together)
    (loop $next
      (loop $again
        (local.set $b (i64.atomic.load (i32.const 0)))
        (br_if $again (i64.ne (local.get $b)
          (i64.atomic.rmw.cmpxchg (i32.const 0) (local.get $b) (i64.add (local.get $b) (i64.const 1))))))
      (loop $again
        (local.set $a (i32.atomic.load (i32.const 8)))
        (br_if $again (i32.ne (local.get $a)
          (i32.atomic.rmw.cmpxchg (i32.const 8) (local.get $a) (i32.add (local.get $a) (i32.const 1))))))
      (loop $again
        (local.set $b (i64.atomic.load32_u (i32.const 12)))
        (br_if $again (i64.ne (local.get $b)
          (i64.atomic.rmw32.cmpxchg_u (i32.const 12) (local.get $b) (i64.add (local.get $b) (i64.const 1))))))
      (loop $again
        (local.set $a (i32.atomic.load16_u (i32.const 16)))
        (br_if $again (i32.ne (local.get $a)
          (i32.atomic.rmw16.cmpxchg_u (i32.const 16) (local.get $a) (i32.add (local.get $a) (i32.const 1))))))
      (loop $again
        (local.set $b (i64.atomic.load16_u (i32.const 18)))
        (br_if $again (i64.ne (local.get $b)
          (i64.atomic.rmw16.cmpxchg_u (i32.const 18) (local.get $b) (i64.add (local.get $b) (i64.const 1))))))
      (loop $again
        (local.set $a (i32.atomic.load8_u (i32.const 20)))
        (br_if $again (i32.ne (local.get $a)
          (i32.atomic.rmw8.cmpxchg_u (i32.const 20) (local.get $a) (i32.add (local.get $a) (i32.const 1))))))
      (loop $again
        (local.set $b (i64.atomic.load8_u (i32.const 21)))
        (br_if $again (i64.ne (local.get $b)
          (i64.atomic.rmw8.cmpxchg_u (i32.const 21) (local.get $b) (i64.add (local.get $b) (i64.const 1))))))
      (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
)
(invoke "run" (i32.const 10_000))
(wait $Other)

(module
  (memory (import "mem" "memory") 1 1 shared)
  (func (export "word") (param i32) (result i64) (i64.atomic.load (local.get 0)))
)
(assert_return (invoke "word" (i32.const 0)) (i64.const 20000))
(assert_return (invoke "word" (i32.const 8)) (i64.const 0x4e2000004e20))
(assert_return (invoke "word" (i32.const 16)) (i64.const 0x20204e204e20))
