;; title:    two threads that flip bits of the same cells keep their own
;; spec:     exec-atomic.rmw
;; features: threads
;; threads:  2
;; why:      wasmoon #302, wasmer #3163, wazero #1460

;; 0: 64 bits; 8, 12: 32 bits; 16, 18: 16 bits; 20, 21: 8 bits; all seven instructions, and cells of all widths side by side.
;; $Other flips the bits 0 and 2, this thread 1 and 3, which it finds as it left them.
;; 128: the blocks of 1000 rounds that $Other has done; 64: the end has come.
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
          (drop (i64.atomic.rmw.xor (i32.const 0) (i64.const 5)))
          (drop (i32.atomic.rmw.xor (i32.const 8) (i32.const 5))) (drop (i64.atomic.rmw32.xor_u (i32.const 12) (i64.const 5)))
          (drop (i32.atomic.rmw16.xor_u (i32.const 16) (i32.const 5)))
          (drop (i64.atomic.rmw16.xor_u (i32.const 18) (i64.const 5)))
          (drop (i32.atomic.rmw8.xor_u (i32.const 20) (i32.const 5))) (drop (i64.atomic.rmw8.xor_u (i32.const 21) (i64.const 5)))
          (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
        (drop (i32.atomic.rmw.add (i32.const 128) (i32.const 1)))
        (br_if $block (i32.eqz (i32.atomic.load (i32.const 64)))))))
  (invoke "run"))

(module
  (memory (import "mem" "memory") 1 1 shared)
  ;; This thread's bits as they must be, and those that were found otherwise
  (global $now (mut i64) (i64.const 0)) (global $wrong (mut i64) (i64.const 0))
  (func $found (param i64)
    (global.set $wrong (i64.or (global.get $wrong) (i64.and (i64.const 10) (i64.xor (global.get $now) (local.get 0))))))
  ;; Goes on until $Other was seen to get on forty times.
  (func (export "run") (result i64) (local $n i32) (local $last i32) (local $seen i32)
    (loop $block
      (local.set $n (i32.const 1000))
      (loop $next
        (call $found (i64.atomic.rmw.xor (i32.const 0) (i64.const 10)))
        (call $found (i64.extend_i32_u (i32.atomic.rmw.xor (i32.const 8) (i32.const 10))))
        (call $found (i64.atomic.rmw32.xor_u (i32.const 12) (i64.const 10)))
        (call $found (i64.extend_i32_u (i32.atomic.rmw16.xor_u (i32.const 16) (i32.const 10))))
        (call $found (i64.atomic.rmw16.xor_u (i32.const 18) (i64.const 10)))
        (call $found (i64.extend_i32_u (i32.atomic.rmw8.xor_u (i32.const 20) (i32.const 10))))
        (call $found (i64.atomic.rmw8.xor_u (i32.const 21) (i64.const 10)))
        (global.set $now (i64.xor (global.get $now) (i64.const 10)))
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
      (local.set $seen (i32.add (local.get $seen)
        (i32.ne (local.get $last) (local.tee $last (i32.atomic.load (i32.const 128))))))
      (br_if $block (i32.lt_u (local.get $seen) (i32.const 40))))
    (i32.atomic.store (i32.const 64) (i32.const 1))
    (global.get $wrong))
  (func (export "cells") (result i64 i64 i64) (i64.load (i32.const 0)) (i64.load (i32.const 8)) (i64.load (i32.const 16))))

(assert_return (invoke "run") (i64.const 0))
(wait $Other)
(assert_return (invoke "cells") (i64.const 0) (i64.const 0) (i64.const 0))
