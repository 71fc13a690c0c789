;; title:    a loop of cmpxchg above twenty live values loses neither an update nor a value: 8 bits
;; spec:     exec-atomic.rmw.cmpxchg
;; features: threads
;; threads:  2
;; why:      wasmtime #4959, wasmtime #4960, walrus #282

;; The values are the bytes at 0 to 19, on the stack during the loops; their sum is 440. 1024: the cell.
;; 128, 192: the blocks of 500 rounds that $Other and this thread have done; 64: the end has come.
(module $Mem (memory (export "memory") 1 1 shared)
  (data (i32.const 0) "\03\05\07\09\0b\0d\0f\11\13\15\17\19\1b\1d\1f\21\23\25\27\29"))
(register "mem" $Mem)

(thread $Other (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func (export "run") (local $n i32)
      (loop $block
        (local.set $n (i32.const 500))
        (loop $next
          (drop (i64.atomic.rmw8.add_u (i32.const 1024) (i64.const 1)))
          (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
        (drop (i32.atomic.rmw.add (i32.const 128) (i32.const 1)))
        (br_if $block (i32.eqz (i32.atomic.load (i32.const 64)))))))
  (invoke "run"))

(module
  (memory (import "mem" "memory") 1 1 shared)
  ;; Goes on until $Other was seen to get on forty times: how often the twenty values were not what they had been.
  (func (export "run") (result i32) (local $n i32) (local $last i32) (local $seen i32) (local $old i64) (local $wrong i32)
    (loop $block
      (local.set $n (i32.const 500))
      (loop $next
        (i64.load8_u (i32.const 0)) (i64.load8_u (i32.const 1)) (i64.load8_u (i32.const 2)) (i64.load8_u (i32.const 3))
        (i64.load8_u (i32.const 4)) (i64.load8_u (i32.const 5)) (i64.load8_u (i32.const 6)) (i64.load8_u (i32.const 7))
        (i64.load8_u (i32.const 8)) (i64.load8_u (i32.const 9)) (i64.load8_u (i32.const 10)) (i64.load8_u (i32.const 11))
        (i64.load8_u (i32.const 12)) (i64.load8_u (i32.const 13)) (i64.load8_u (i32.const 14)) (i64.load8_u (i32.const 15))
        (i64.load8_u (i32.const 16)) (i64.load8_u (i32.const 17)) (i64.load8_u (i32.const 18)) (i64.load8_u (i32.const 19))
        (loop $again (local.set $old (i64.atomic.load8_u (i32.const 1024)))
          (br_if $again (i64.ne (local.get $old)
            (i64.atomic.rmw8.cmpxchg_u (i32.const 1024) (local.get $old) (i64.add (local.get $old) (i64.const 1))))))
        (i64.add) (i64.add) (i64.add) (i64.add) (i64.add) (i64.add) (i64.add) (i64.add) (i64.add) (i64.add)
        (i64.add) (i64.add) (i64.add) (i64.add) (i64.add) (i64.add) (i64.add) (i64.add) (i64.add)
        (i64.ne (i64.const 440)) (local.get $wrong) (i32.add) (local.set $wrong)
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
      (drop (i32.atomic.rmw.add (i32.const 192) (i32.const 1)))
      (local.set $seen (i32.add (local.get $seen)
        (i32.ne (local.get $last) (local.tee $last (i32.atomic.load (i32.const 128))))))
      (br_if $block (i32.lt_u (local.get $seen) (i32.const 40))))
    (i32.atomic.store (i32.const 64) (i32.const 1))
    (local.get $wrong))
  ;; What the cell lacks of all rounds
  (func (export "missing") (result i64)
    (i64.and (i64.const 0xff) (i64.sub
      (i64.mul (i64.const 500) (i64.extend_i32_u (i32.add (i32.load (i32.const 128)) (i32.load (i32.const 192)))))
      (i64.load8_u (i32.const 1024))))))

(assert_return (invoke "run") (i32.const 0))
(wait $Other)
(assert_return (invoke "missing") (i64.const 0))
