;; title:    two threads that set and clear bits of the same cells keep their own: i64
;; spec:     exec-atomic.rmw
;; features: threads
;; threads:  2
;; why:      wasmoon #302, wasmer #3163, wazero #1460

;; 0: 64 bits; 8: 32 bits; 12: 16 bits; 14: 8 bits, side by side. $Other sets and clears every second bit of the lowest byte, this
;; thread the bits between, and finds them as it left them.
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
          (drop (i64.atomic.rmw.or (i32.const 0) (i64.const 0x55))) (drop (i64.atomic.rmw32.or_u (i32.const 8) (i64.const 0x55)))
          (drop (i64.atomic.rmw16.or_u (i32.const 12) (i64.const 0x55))) (drop (i64.atomic.rmw8.or_u (i32.const 14) (i64.const 0x55)))
          (drop (i64.atomic.rmw.and (i32.const 0) (i64.const -0x56))) (drop (i64.atomic.rmw32.and_u (i32.const 8) (i64.const -0x56)))
          (drop (i64.atomic.rmw16.and_u (i32.const 12) (i64.const -0x56))) (drop (i64.atomic.rmw8.and_u (i32.const 14) (i64.const -0x56)))
          (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
        (drop (i32.atomic.rmw.add (i32.const 128) (i32.const 1)))
        (br_if $block (i32.eqz (i32.atomic.load (i32.const 64)))))))
  (invoke "run"))

(module
  (memory (import "mem" "memory") 1 1 shared)
  ;; The bits of this thread that an instruction found set, or clear, and should not have
  (global $wrong (mut i64) (i64.const 0))
  (func $clear (param i64) (global.set $wrong (i64.or (global.get $wrong) (i64.and (local.get 0) (i64.const 0xaa)))))
  (func $set (param i64) (call $clear (i64.xor (local.get 0) (i64.const -1))))
  ;; Goes on until $Other was seen to get on forty times.
  (func (export "run") (result i64) (local $n i32) (local $last i32) (local $seen i32)
    (loop $block
      (local.set $n (i32.const 1000))
      (loop $next
        (call $clear (i64.atomic.rmw.or (i32.const 0) (i64.const 0xaa)))
        (call $clear (i64.atomic.rmw32.or_u (i32.const 8) (i64.const 0xaa)))
        (call $clear (i64.atomic.rmw16.or_u (i32.const 12) (i64.const 0xaa)))
        (call $clear (i64.atomic.rmw8.or_u (i32.const 14) (i64.const 0xaa)))
        (call $set (i64.atomic.rmw.and (i32.const 0) (i64.const -0xab)))
        (call $set (i64.atomic.rmw32.and_u (i32.const 8) (i64.const -0xab)))
        (call $set (i64.atomic.rmw16.and_u (i32.const 12) (i64.const -0xab)))
        (call $set (i64.atomic.rmw8.and_u (i32.const 14) (i64.const -0xab)))
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
      (local.set $seen (i32.add (local.get $seen)
        (i32.ne (local.get $last) (local.tee $last (i32.atomic.load (i32.const 128))))))
      (br_if $block (i32.lt_u (local.get $seen) (i32.const 40))))
    (i32.atomic.store (i32.const 64) (i32.const 1))
    (global.get $wrong))
  (func (export "cells") (result i64 i64) (i64.load (i32.const 0)) (i64.load (i32.const 8))))

(assert_return (invoke "run") (i64.const 0))
(wait $Other)
(assert_return (invoke "cells") (i64.const 0) (i64.const 0))
