;; title:    bulk writes of two threads to neighbouring bytes do not disturb each other
;; spec:     exec-memory.fill
;; features: threads
;; threads:  2

;; $Other has the bytes 269 … 282 and writes them by init, copy and fill over and over; this thread has the bytes on both
;; sides, 256 … 268 and 283 … 295, and after each fill and copy finds what it wrote: the borders lie within words.
;; 1024: 14 bytes 0x22. 128: the blocks of 300 rounds that $Other has done; 64: the end has come.
(module $Mem (memory (export "memory") 1 1 shared) (data (i32.const 1024) "\22\22\22\22\22\22\22\22\22\22\22\22\22\22"))
(register "mem" $Mem)

(thread $Other (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (data $bytes "\11\11\11\11\11\11\11\11\11\11\11\11\11\11")
    (func (export "run") (local $n i32)
      (loop $block
        (local.set $n (i32.const 300))
        (loop $next
          (memory.init $bytes (i32.const 269) (i32.const 0) (i32.const 14))
          (memory.copy (i32.const 269) (i32.const 1024) (i32.const 14))
          (memory.fill (i32.const 269) (i32.const 0x33) (i32.const 14))
          (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
        (drop (i32.atomic.rmw.add (i32.const 128) (i32.const 1)))
        (br_if $block (i32.eqz (i32.atomic.load (i32.const 64)))))))
  (invoke "run"))

(module
  (memory (import "mem" "memory") 1 1 shared)
  ;; Goes on until $Other was seen to get on forty times. Each round reads long enough for $Other to write between.
  (func (export "run") (result i32) (local $n i32) (local $read i32) (local $wrong i32) (local $last i32) (local $seen i32)
    (loop $block
      (local.set $n (i32.const 200))
      (loop $next
        (memory.fill (i32.const 256) (local.get $n) (i32.const 13))
        (memory.copy (i32.const 283) (i32.const 256) (i32.const 13))
        (local.set $read (i32.const 10))
        (loop $again
          (i32.ne (i32.load8_u (i32.const 268)) (local.get $n)) (i32.ne (i32.load8_u (i32.const 283)) (local.get $n)) (i32.or)
          (local.set $wrong (i32.add (local.get $wrong)))
          (br_if $again (local.tee $read (i32.sub (local.get $read) (i32.const 1)))))
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
      (local.set $seen (i32.add (local.get $seen)
        (i32.ne (local.get $last) (local.tee $last (i32.atomic.load (i32.const 128))))))
      (br_if $block (i32.lt_u (local.get $seen) (i32.const 40))))
    (i32.atomic.store (i32.const 64) (i32.const 1))
    (local.get $wrong))
  (func (export "word") (param i32) (result i64) (i64.load (local.get 0))))

(assert_return (invoke "run") (i32.const 0))
(wait $Other)
(assert_return (invoke "word" (i32.const 248)) (i64.const 0))
(assert_return (invoke "word" (i32.const 256)) (i64.const 0x0101010101010101))
(assert_return (invoke "word" (i32.const 264)) (i64.const 0x3333330101010101))
(assert_return (invoke "word" (i32.const 272)) (i64.const 0x3333333333333333))
(assert_return (invoke "word" (i32.const 280)) (i64.const 0x0101010101333333))
(assert_return (invoke "word" (i32.const 288)) (i64.const 0x0101010101010101))
(assert_return (invoke "word" (i32.const 296)) (i64.const 0))
