;; title:    two threads that add to the same cells lose no update
;; spec:     exec-atomic.rmw
;; features: threads
;; threads:  2
;; why:      wasmoon #302, wasmer #3163, wazero #1460

;; 0: 64 bits; 8, 12: 32 bits; 16, 18: 16 bits; 20, 21: 8 bits; all seven instructions, and cells of all widths side by side.
;; 128, 192: the blocks of 1000 rounds that $Other and this thread have done; 64: the end has come.
(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)

(thread $Other (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func (export "run") (local $n i32)
      (loop $block
        (local.set $n (i32.const 1000))
        (loop $next
          (drop (i64.atomic.rmw.add (i32.const 0) (i64.const 1)))
          (drop (i32.atomic.rmw.add (i32.const 8) (i32.const 1))) (drop (i64.atomic.rmw32.add_u (i32.const 12) (i64.const 1)))
          (drop (i32.atomic.rmw16.add_u (i32.const 16) (i32.const 1))) (drop (i64.atomic.rmw16.add_u (i32.const 18) (i64.const 1)))
          (drop (i32.atomic.rmw8.add_u (i32.const 20) (i32.const 1))) (drop (i64.atomic.rmw8.add_u (i32.const 21) (i64.const 1)))
          (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
        (drop (i32.atomic.rmw.add (i32.const 128) (i32.const 1)))
        (br_if $block (i32.eqz (i32.atomic.load (i32.const 64)))))))
  (invoke "run"))

(module
  (memory (import "mem" "memory") 1 1 shared)
  ;; Goes on until $Other was seen to get on forty times.
  (func (export "run") (local $n i32) (local $last i32) (local $seen i32)
    (loop $block
      (local.set $n (i32.const 1000))
      (loop $next
        (drop (i64.atomic.rmw.add (i32.const 0) (i64.const 1)))
        (drop (i32.atomic.rmw.add (i32.const 8) (i32.const 1))) (drop (i64.atomic.rmw32.add_u (i32.const 12) (i64.const 1)))
        (drop (i32.atomic.rmw16.add_u (i32.const 16) (i32.const 1))) (drop (i64.atomic.rmw16.add_u (i32.const 18) (i64.const 1)))
        (drop (i32.atomic.rmw8.add_u (i32.const 20) (i32.const 1))) (drop (i64.atomic.rmw8.add_u (i32.const 21) (i64.const 1)))
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
      (drop (i32.atomic.rmw.add (i32.const 192) (i32.const 1)))
      (local.set $seen (i32.add (local.get $seen)
        (i32.ne (local.get $last) (local.tee $last (i32.atomic.load (i32.const 128))))))
      (br_if $block (i32.lt_u (local.get $seen) (i32.const 40))))
    (i32.atomic.store (i32.const 64) (i32.const 1)))
  ;; The bits in which the cells differ from what all rounds come to
  (func (export "wrong") (result i64) (local $total i64)
    (local.set $total (i64.mul (i64.const 1000)
      (i64.extend_i32_u (i32.add (i32.atomic.load (i32.const 128)) (i32.atomic.load (i32.const 192))))))
    (i64.xor (local.get $total) (i64.load (i32.const 0)))
    (i64.and (i64.const 0xffffffff) (i64.xor (local.get $total) (i64.load32_u (i32.const 8)))) (i64.or)
    (i64.and (i64.const 0xffffffff) (i64.xor (local.get $total) (i64.load32_u (i32.const 12)))) (i64.or)
    (i64.and (i64.const 0xffff) (i64.xor (local.get $total) (i64.load16_u (i32.const 16)))) (i64.or)
    (i64.and (i64.const 0xffff) (i64.xor (local.get $total) (i64.load16_u (i32.const 18)))) (i64.or)
    (i64.and (i64.const 0xff) (i64.xor (local.get $total) (i64.load8_u (i32.const 20)))) (i64.or)
    (i64.and (i64.const 0xff) (i64.xor (local.get $total) (i64.load8_u (i32.const 21)))) (i64.or)))

(invoke "run")
(wait $Other)
(assert_return (invoke "wrong") (i64.const 0))
