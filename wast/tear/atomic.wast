;; title:    an atomic access of 64, 32 or 16 bits reads what one atomic store wrote
;; spec:     relaxed-consistent
;; features: threads
;; threads:  2
;; why:      threads #199

;; One thread writes two values in turn, the other finds one of the two, never bytes of both. Every cell is written before
;; the threads start: the model lets the initial bytes mix. 128: the blocks of 1000 rounds of $Writer; 64: the end has come.
(module $Mem (memory (export "memory") 1 1 shared) (start $fill)
  (func $fill
    (i64.atomic.store (i32.const 1024) (i64.const 0x0123456789abcdef)) (i64.atomic.store (i32.const 4088) (i64.const 0))
    (i64.atomic.store32 (i32.const 1092) (i64.const 0x12345678)) (i64.atomic.store16 (i32.const 1158) (i64.const 0x1234))
    (i32.atomic.store (i32.const 1220) (i32.const 0x12345678)) (i32.atomic.store16 (i32.const 1286) (i32.const 0x1234))))
(register "mem" $Mem)

(thread $Writer (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func (export "write") (local $n i32)
      (loop $block
        (local.set $n (i32.const 1000))
        (loop $next
          (i64.atomic.store (i32.const 1024) (i64.const 0xfedcba9876543210)) (i64.atomic.store (i32.const 4088) (i64.const -1))
          (i64.atomic.store32 (i32.const 1092) (i64.const 0xedcba987)) (i64.atomic.store16 (i32.const 1158) (i64.const 0xedcb))
          (i32.atomic.store (i32.const 1220) (i32.const 0xedcba987)) (i32.atomic.store16 (i32.const 1286) (i32.const 0xedcb))
          (i64.atomic.store (i32.const 1024) (i64.const 0x0123456789abcdef)) (i64.atomic.store (i32.const 4088) (i64.const 0))
          (i64.atomic.store32 (i32.const 1092) (i64.const 0x12345678)) (i64.atomic.store16 (i32.const 1158) (i64.const 0x1234))
          (i32.atomic.store (i32.const 1220) (i32.const 0x12345678)) (i32.atomic.store16 (i32.const 1286) (i32.const 0x1234))
          (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
        (drop (i32.atomic.rmw.add (i32.const 128) (i32.const 1)))
        (br_if $block (i32.eqz (i32.atomic.load (i32.const 64)))))))
  (invoke "write"))

(module
  (memory (import "mem" "memory") 1 1 shared)
  (global $wrong (mut i32) (i32.const 0))
  (func $one_of (param $one i64) (param $other i64) (param $v i64)
    (if (i32.and (i64.ne (local.get $v) (local.get $one)) (i64.ne (local.get $v) (local.get $other)))
      (then (global.set $wrong (i32.add (global.get $wrong) (i32.const 1))))))
  ;; Goes on until $Writer was seen to get on forty times. How many reads were neither of the two.
  (func (export "read") (result i32) (local $n i32) (local $last i32) (local $seen i32)
    (loop $block
      (local.set $n (i32.const 1000))
      (loop $next
        (call $one_of (i64.const 0x0123456789abcdef) (i64.const 0xfedcba9876543210) (i64.atomic.load (i32.const 1024)))
        (call $one_of (i64.const 0) (i64.const -1) (i64.atomic.load (i32.const 4088)))
        (call $one_of (i64.const 0x12345678) (i64.const 0xedcba987) (i64.atomic.load32_u (i32.const 1092)))
        (call $one_of (i64.const 0x12345678) (i64.const 0xedcba987) (i64.extend_i32_u (i32.atomic.load (i32.const 1220))))
        (call $one_of (i64.const 0x1234) (i64.const 0xedcb) (i64.atomic.load16_u (i32.const 1158)))
        (call $one_of (i64.const 0x1234) (i64.const 0xedcb) (i64.extend_i32_u (i32.atomic.load16_u (i32.const 1286))))
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
      (local.set $seen (i32.add (local.get $seen)
        (i32.ne (local.get $last) (local.tee $last (i32.atomic.load (i32.const 128))))))
      (br_if $block (i32.lt_u (local.get $seen) (i32.const 40))))
    (i32.atomic.store (i32.const 64) (i32.const 1))
    (global.get $wrong)))

(assert_return (invoke "read") (i32.const 0))
(wait $Writer)
