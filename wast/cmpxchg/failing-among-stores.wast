;; title:    a cmpxchg that finds another value than expected leaves alone what another thread stores meanwhile
;; spec:     exec-atomic.rmw.cmpxchg
;; features: threads
;; threads:  2
;; why:      wasmtime #5884

;; This thread stores 1 to 127 in turn and finds what it stored; $Other compares the same cells with 0x80, which none is.
;; 0: 64 bits; 8, 12: 32 bits; 16, 18: 16 bits; 20, 21: 8 bits.
;; 128: the blocks of 1000 rounds that $Other has done; 64: the end has come.
(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)

(thread $Other (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func (export "compare") (local $n i32)
      (loop $block
        (local.set $n (i32.const 1000))
        (loop $next
          (drop (i64.atomic.rmw.cmpxchg (i32.const 0) (i64.const 0x80) (i64.const 0x81)))
          (drop (i32.atomic.rmw.cmpxchg (i32.const 8) (i32.const 0x80) (i32.const 0x81)))
          (drop (i64.atomic.rmw32.cmpxchg_u (i32.const 12) (i64.const 0x80) (i64.const 0x81)))
          (drop (i32.atomic.rmw16.cmpxchg_u (i32.const 16) (i32.const 0x80) (i32.const 0x81)))
          (drop (i64.atomic.rmw16.cmpxchg_u (i32.const 18) (i64.const 0x80) (i64.const 0x81)))
          (drop (i32.atomic.rmw8.cmpxchg_u (i32.const 20) (i32.const 0x80) (i32.const 0x81)))
          (drop (i64.atomic.rmw8.cmpxchg_u (i32.const 21) (i64.const 0x80) (i64.const 0x81)))
          (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
        (drop (i32.atomic.rmw.add (i32.const 128) (i32.const 1)))
        (br_if $block (i32.eqz (i32.atomic.load (i32.const 64)))))))
  (invoke "compare"))

(module
  (memory (import "mem" "memory") 1 1 shared)
  ;; Goes on until $Other was seen to get on forty times: how often a cell was not what this thread had stored.
  (func (export "store") (result i32) (local $n i32) (local $last i32) (local $seen i32) (local $value i64) (local $wrong i32)
    (loop $block
      (local.set $n (i32.const 1000))
      (loop $next
        (local.set $value (i64.add (i64.const 1) (i64.rem_u (i64.extend_i32_u (local.get $n)) (i64.const 127))))
        (i64.atomic.store (i32.const 0) (local.get $value)) (i64.atomic.store32 (i32.const 8) (local.get $value))
        (i64.atomic.store32 (i32.const 12) (local.get $value)) (i64.atomic.store16 (i32.const 16) (local.get $value))
        (i64.atomic.store16 (i32.const 18) (local.get $value)) (i64.atomic.store8 (i32.const 20) (local.get $value))
        (i64.atomic.store8 (i32.const 21) (local.get $value))
        (local.set $wrong (i32.add (local.get $wrong) (i64.ne (i64.atomic.load (i32.const 0)) (local.get $value))))
        (local.set $wrong (i32.add (local.get $wrong) (i64.ne (i64.atomic.load32_u (i32.const 8)) (local.get $value))))
        (local.set $wrong (i32.add (local.get $wrong) (i64.ne (i64.atomic.load32_u (i32.const 12)) (local.get $value))))
        (local.set $wrong (i32.add (local.get $wrong) (i64.ne (i64.atomic.load16_u (i32.const 16)) (local.get $value))))
        (local.set $wrong (i32.add (local.get $wrong) (i64.ne (i64.atomic.load16_u (i32.const 18)) (local.get $value))))
        (local.set $wrong (i32.add (local.get $wrong) (i64.ne (i64.atomic.load8_u (i32.const 20)) (local.get $value))))
        (local.set $wrong (i32.add (local.get $wrong) (i64.ne (i64.atomic.load8_u (i32.const 21)) (local.get $value))))
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
      (local.set $seen (i32.add (local.get $seen)
        (i32.ne (local.get $last) (local.tee $last (i32.atomic.load (i32.const 128))))))
      (br_if $block (i32.lt_u (local.get $seen) (i32.const 40))))
    (i32.atomic.store (i32.const 64) (i32.const 1))
    (local.get $wrong)))

(assert_return (invoke "store") (i32.const 0))
(wait $Other)
