;; title:    bulk writes of two threads to neighbouring bytes do not disturb each other
;; spec:     exec-memory.fill
;; features: threads
;; threads:  2

;; One thread has the bytes 256 … 268, the other 269 … 287: the border lies within a word. Each writes its part by fill, copy
;; and init over and over, and after each finds what it wrote. They meet at 0.
(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)

(thread $Other (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (data $bytes "\11\11\11\11\11\11\11\11\11\11\11\11\11")
    (func (export "run") (param $n i32) (result i32)
      (local $wrong i32)
      (memory.fill (i32.const 1024) (i32.const 0x22) (i32.const 13))
      (drop (i32.atomic.rmw.add (i32.const 0) (i32.const 1)))
      (loop $until_both (br_if $until_both (i32.lt_u (i32.atomic.load (i32.const 0)) (i32.const 2))))
      (loop $next
        (memory.init $bytes (i32.const 256) (i32.const 0) (i32.const 13))
        (local.set $wrong (i32.add (local.get $wrong) (i32.ne (i32.load8_u (i32.const 268)) (i32.const 0x11))))
        (memory.copy (i32.const 256) (i32.const 1024) (i32.const 13))
        (local.set $wrong (i32.add (local.get $wrong) (i32.ne (i32.load8_u (i32.const 268)) (i32.const 0x22))))
        (memory.fill (i32.const 256) (i32.const 0x33) (i32.const 13))
        (local.set $wrong (i32.add (local.get $wrong) (i32.ne (i32.load8_u (i32.const 268)) (i32.const 0x33))))
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
      (local.get $wrong))
  )
  (assert_return (invoke "run" (i32.const 5_000)) (i32.const 0))
)

(module
  (memory (import "mem" "memory") 1 1 shared)
  (data $bytes "\44\44\44\44\44\44\44\44\44\44\44\44\44\44\44\44\44\44\44")
  (func (export "run") (param $n i32) (result i32)
    (local $wrong i32)
    (memory.fill (i32.const 2048) (i32.const 0x55) (i32.const 19))
    (drop (i32.atomic.rmw.add (i32.const 0) (i32.const 1)))
    (loop $until_both (br_if $until_both (i32.lt_u (i32.atomic.load (i32.const 0)) (i32.const 2))))
    (loop $next
      (memory.init $bytes (i32.const 269) (i32.const 0) (i32.const 19))
      (local.set $wrong (i32.add (local.get $wrong) (i32.ne (i32.load8_u (i32.const 269)) (i32.const 0x44))))
      (memory.copy (i32.const 269) (i32.const 2048) (i32.const 19))
      (local.set $wrong (i32.add (local.get $wrong) (i32.ne (i32.load8_u (i32.const 269)) (i32.const 0x55))))
      (memory.fill (i32.const 269) (i32.const 0x66) (i32.const 19))
      (local.set $wrong (i32.add (local.get $wrong) (i32.ne (i32.load8_u (i32.const 269)) (i32.const 0x66))))
      (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $wrong))
  (func (export "word") (param i32) (result i64) (i64.load (local.get 0)))
)
(assert_return (invoke "run" (i32.const 5_000)) (i32.const 0))
(wait $Other)
(assert_return (invoke "word" (i32.const 248)) (i64.const 0))
(assert_return (invoke "word" (i32.const 256)) (i64.const 0x3333333333333333))
(assert_return (invoke "word" (i32.const 264)) (i64.const 0x6666663333333333))
(assert_return (invoke "word" (i32.const 280)) (i64.const 0x6666666666666666))
(assert_return (invoke "word" (i32.const 288)) (i64.const 0))
