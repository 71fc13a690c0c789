;; title:    a copy that races with fills copies bytes that were there, old or new, and no others
;; spec:     relaxed-consistent
;; features: threads
;; threads:  2

;; One thread fills the 67 bytes from 1024 on with 0x0f and 0xf0 in turn; the other copies them to 2048, where nobody
;; else writes. 128: the blocks of 200 rounds that $Filler has done; 64: the end has come.
(module $Mem (memory (export "memory") 1 1 shared) (start $fill)
  (func $fill (memory.fill (i32.const 1024) (i32.const 0x0f) (i32.const 67))))
(register "mem" $Mem)

(thread $Filler (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func (export "fill") (local $n i32)
      (loop $block
        (local.set $n (i32.const 200))
        (loop $next
          (memory.fill (i32.const 1024) (i32.const 0x0f) (i32.const 67))
          (memory.fill (i32.const 1024) (i32.const 0xf0) (i32.const 67))
          (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
        (drop (i32.atomic.rmw.add (i32.const 128) (i32.const 1)))
        (br_if $block (i32.eqz (i32.atomic.load (i32.const 64)))))))
  (invoke "fill"))

(module
  (memory (import "mem" "memory") 1 1 shared)
  ;; Goes on until $Filler was seen to get on forty times. How many bytes were copied wrong.
  (func (export "copy") (result i32) (local $n i32) (local $at i32) (local $wrong i32) (local $last i32) (local $seen i32)
    (loop $block
      (local.set $n (i32.const 100))
      (loop $next
        (memory.copy (i32.const 2048) (i32.const 1024) (i32.const 67))
        (local.set $at (i32.const 2048))
        (loop $byte
          (local.set $wrong (i32.add (local.get $wrong) (i32.and
            (i32.ne (i32.load8_u (local.get $at)) (i32.const 0x0f))
            (i32.ne (i32.load8_u (local.get $at)) (i32.const 0xf0)))))
          (br_if $byte (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 1))) (i32.const 2115))))
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
      (local.set $seen (i32.add (local.get $seen)
        (i32.ne (local.get $last) (local.tee $last (i32.atomic.load (i32.const 128))))))
      (br_if $block (i32.lt_u (local.get $seen) (i32.const 40))))
    (i32.atomic.store (i32.const 64) (i32.const 1))
    (local.get $wrong))
  (func (export "beside") (result i32) (i32.or (i32.load8_u (i32.const 2047)) (i32.load8_u (i32.const 2115)))))

(assert_return (invoke "copy") (i32.const 0))
(wait $Filler)
(assert_return (invoke "beside") (i32.const 0))
