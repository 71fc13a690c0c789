;; title:    a plain access of 16 or 32 bits, aligned, reads what one store wrote
;; spec:     relaxed-consistent
;; features: threads
;; threads:  2
;; why:      threads #199

;; One thread writes two values in turn, the other finds one of the two, never bytes of both. Every cell is written before
;; the threads start: the model lets the initial bytes mix.
;; 128: the blocks of 1000 rounds that $Writer has done; 64: the end has come.
(module $Mem (memory (export "memory") 1 1 shared) (start $fill)
  (func $fill
    (i32.store (i32.const 1024) (i32.const 0x01234567))
    (i32.store16 (i32.const 1090) (i32.const 0x1234))
    (i32.store (i32.const 1156) (i32.const 0))))
(register "mem" $Mem)

(thread $Writer (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func (export "write") (local $n i32)
      (loop $block
        (local.set $n (i32.const 1000))
        (loop $next
          (i32.store (i32.const 1024) (i32.const 0xfedcba98))
          (i32.store16 (i32.const 1090) (i32.const 0xedcb))
          (i32.store (i32.const 1156) (i32.const -1))
          (i32.store (i32.const 1024) (i32.const 0x01234567))
          (i32.store16 (i32.const 1090) (i32.const 0x1234))
          (i32.store (i32.const 1156) (i32.const 0))
          (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
        (drop (i32.atomic.rmw.add (i32.const 128) (i32.const 1)))
        (br_if $block (i32.eqz (i32.atomic.load (i32.const 64)))))))
  (invoke "write"))

(module
  (memory (import "mem" "memory") 1 1 shared)
  (func $is_neither (param $v i32) (param $one i32) (param $other i32) (result i32)
    (i32.and (i32.ne (local.get $v) (local.get $one)) (i32.ne (local.get $v) (local.get $other))))
  ;; Goes on until $Writer was seen to get on forty times. How many reads were neither of the two.
  (func (export "read") (result i32) (local $n i32) (local $wrong i32) (local $last i32) (local $seen i32)
    (loop $block
      (local.set $n (i32.const 1000))
      (loop $next
        (local.get $wrong)
        (call $is_neither (i32.load (i32.const 1024)) (i32.const 0x01234567) (i32.const 0xfedcba98)) (i32.add)
        (call $is_neither (i32.load16_u (i32.const 1090)) (i32.const 0x1234) (i32.const 0xedcb)) (i32.add)
        (call $is_neither (i32.load (i32.const 1156)) (i32.const 0) (i32.const -1)) (i32.add)
        (local.set $wrong)
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
      (local.set $seen (i32.add (local.get $seen)
        (i32.ne (local.get $last) (local.tee $last (i32.atomic.load (i32.const 128))))))
      (br_if $block (i32.lt_u (local.get $seen) (i32.const 40))))
    (i32.atomic.store (i32.const 64) (i32.const 1))
    (local.get $wrong)))

(assert_return (invoke "read") (i32.const 0))
(wait $Writer)
