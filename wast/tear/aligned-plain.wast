;; title:    a plain access of 16 or 32 bits, aligned, reads what one store wrote
;; spec:     relaxed-consistent
;; features: threads
;; threads:  2
;; why:      threads #199

;; One thread writes two values in turn, the other finds one of the two, never bytes of both. Every cell is written before
;; the threads start: the model lets the initial zeroes mix. The threads meet at 0; 64: the writer has ended.
(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)
(module
  (memory (import "mem" "memory") 1 1 shared)
  (func (export "fill")
    (i32.store (i32.const 128) (i32.const 0x01234567))
    (i32.store16 (i32.const 194) (i32.const 0x1234))
    (i32.store (i32.const 260) (i32.const 0)))
)
(invoke "fill")

(thread $Writer (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func (export "write") (param $n i32)
      (drop (i32.atomic.rmw.add (i32.const 0) (i32.const 1)))
      (loop $until_both (br_if $until_both (i32.lt_u (i32.atomic.load (i32.const 0)) (i32.const 2))))
      (loop $next
        (i32.store (i32.const 128) (i32.const 0xfedcba98))
        (i32.store16 (i32.const 194) (i32.const 0xedcb))
        (i32.store (i32.const 260) (i32.const -1))
        (i32.store (i32.const 128) (i32.const 0x01234567))
        (i32.store16 (i32.const 194) (i32.const 0x1234))
        (i32.store (i32.const 260) (i32.const 0))
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
      (i32.atomic.store (i32.const 64) (i32.const 1)))
  )
  (invoke "write" (i32.const 20_000))
)

(module
  (memory (import "mem" "memory") 1 1 shared)
  ;; Reads until the writer has ended: how many reads were neither of the two.
  (func (export "read") (result i32)
    (local $wrong i32) (local $v i32)
    (drop (i32.atomic.rmw.add (i32.const 0) (i32.const 1)))
    (loop $until_both (br_if $until_both (i32.lt_u (i32.atomic.load (i32.const 0)) (i32.const 2))))
    (loop $next
      (local.set $v (i32.load (i32.const 128)))
      (local.set $wrong (i32.add (local.get $wrong)
        (i32.and (i32.ne (local.get $v) (i32.const 0x01234567)) (i32.ne (local.get $v) (i32.const 0xfedcba98)))))
      (local.set $v (i32.load16_u (i32.const 194)))
      (local.set $wrong (i32.add (local.get $wrong)
        (i32.and (i32.ne (local.get $v) (i32.const 0x1234)) (i32.ne (local.get $v) (i32.const 0xedcb)))))
      (local.set $v (i32.load (i32.const 260)))
      (local.set $wrong (i32.add (local.get $wrong)
        (i32.and (i32.ne (local.get $v) (i32.const 0)) (i32.ne (local.get $v) (i32.const -1)))))
      (br_if $next (i32.eqz (i32.atomic.load (i32.const 64)))))
    (local.get $wrong))
)
(assert_return (invoke "read") (i32.const 0))
(wait $Writer)
