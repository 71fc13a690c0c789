;; title:    two threads that add to the same cells lose no update
;; spec:     exec-atomic.rmw
;; features: threads
;; threads:  2
;; why:      wasmoon #302, wasmer #3163, wazero #1460

;; 0: 64 bits; 8, 12: 32 bits; 16, 18: 16 bits; 20, 21: 8 bits; all seven instructions, and cells of all widths side by side.
;; Each thread adds 1 to each of them 20 000 times.
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
      (call $together)
      (loop $next
        (drop (i64.atomic.rmw.add (i32.const 0) (i64.const 1)))
        (drop (i32.atomic.rmw.add (i32.const 8) (i32.const 1)))
        (drop (i64.atomic.rmw32.add_u (i32.const 12) (i64.const 1)))
        (drop (i32.atomic.rmw16.add_u (i32.const 16) (i32.const 1)))
        (drop (i64.atomic.rmw16.add_u (i32.const 18) (i64.const 1)))
        (drop (i32.atomic.rmw8.add_u (i32.const 20) (i32.const 1)))
        (drop (i64.atomic.rmw8.add_u (i32.const 21) (i64.const 1)))
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
  )
  (invoke "run" (i32.const 20_000))
)

(module
  (memory (import "mem" "memory") 1 1 shared)
  ;; Returns when both threads have come here.
  (func $together
    (drop (i32.atomic.rmw.add (i32.const 64) (i32.const 1)))
    (loop $until_both (br_if $until_both (i32.lt_u (i32.atomic.load (i32.const 64)) (i32.const 2)))))
  (func (export "run") (param $n i32)
    (call $together)
    (loop $next
      (drop (i64.atomic.rmw.add (i32.const 0) (i64.const 1)))
      (drop (i32.atomic.rmw.add (i32.const 8) (i32.const 1)))
      (drop (i64.atomic.rmw32.add_u (i32.const 12) (i64.const 1)))
      (drop (i32.atomic.rmw16.add_u (i32.const 16) (i32.const 1)))
      (drop (i64.atomic.rmw16.add_u (i32.const 18) (i64.const 1)))
      (drop (i32.atomic.rmw8.add_u (i32.const 20) (i32.const 1)))
      (drop (i64.atomic.rmw8.add_u (i32.const 21) (i64.const 1)))
      (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
)
(invoke "run" (i32.const 20_000))
(wait $Other)

(module
  (memory (import "mem" "memory") 1 1 shared)
  (func (export "word") (param i32) (result i64) (i64.atomic.load (local.get 0)))
)
(assert_return (invoke "word" (i32.const 0)) (i64.const 40000))
(assert_return (invoke "word" (i32.const 8)) (i64.const 0x9c4000009c40))
(assert_return (invoke "word" (i32.const 16)) (i64.const 0x40409c409c40))
