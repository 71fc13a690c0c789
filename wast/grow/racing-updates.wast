;; title:    atomic updates of two threads, each of which grows the memory between them, are all there
;; spec:     exec-memory.grow
;; features: threads
;; threads:  2
;; why:      emscripten #21574, threads #203

;; 0: 64 bits; 8: 32 bits; 16: 16 bits; 18: 8 bits. 128, 192: the blocks of 500 rounds that $Other and this thread have done,
;; each with a grow before it where the other one got on since, as there are but 400 pages; 64: the end has come, stored until
;; $Other has ended (256), as a wrong grow may lose it.
(module $Mem (memory (export "memory") 1 400 shared))
(register "mem" $Mem)

(thread $Other (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 400 shared)
    (func (export "run") (local $n i32) (local $last i32)
      (loop $block
        (if (i32.ne (local.get $last) (local.tee $last (i32.atomic.load (i32.const 192))))
          (then (drop (memory.grow (i32.const 1)))))
        (local.set $n (i32.const 500))
        (loop $next
          (drop (i64.atomic.rmw.add (i32.const 0) (i64.const 1))) (drop (i32.atomic.rmw16.add_u (i32.const 16) (i32.const 1)))
          (drop (i32.atomic.rmw.sub (i32.const 8) (i32.const 1))) (drop (i64.atomic.rmw8.add_u (i32.const 18) (i64.const 1)))
          (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
        (drop (i32.atomic.rmw.add (i32.const 128) (i32.const 1)))
        (br_if $block (i32.eqz (i32.atomic.load (i32.const 64)))))
      (i32.atomic.store (i32.const 256) (i32.const 1))))
  (invoke "run"))

(module
  (memory (import "mem" "memory") 1 400 shared)
  ;; Goes on until $Other was seen to get on forty times.
  (func (export "run") (local $n i32) (local $last i32) (local $seen i32)
    (loop $block
      (local.set $n (i32.const 500))
      (loop $next
        (drop (i64.atomic.rmw.add (i32.const 0) (i64.const 1))) (drop (i32.atomic.rmw16.add_u (i32.const 16) (i32.const 1)))
        (drop (i32.atomic.rmw.sub (i32.const 8) (i32.const 1))) (drop (i64.atomic.rmw8.add_u (i32.const 18) (i64.const 1)))
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
      (drop (i32.atomic.rmw.add (i32.const 192) (i32.const 1)))
      (if (i32.ne (local.get $last) (local.tee $last (i32.atomic.load (i32.const 128))))
        (then
          (drop (memory.grow (i32.const 1)))
          (local.set $seen (i32.add (local.get $seen) (i32.const 1)))))
      (br_if $block (i32.lt_u (local.get $seen) (i32.const 40))))
    (loop $until_ended
      (i32.atomic.store (i32.const 64) (i32.const 1))
      (br_if $until_ended (i32.eqz (i32.atomic.load (i32.const 256))))))
  ;; The bits in which the cells differ from what all rounds come to
  (func (export "wrong") (result i32) (local $total i32)
    (local.set $total (i32.mul (i32.const 500) (i32.add (i32.atomic.load (i32.const 128)) (i32.atomic.load (i32.const 192)))))
    (i32.xor (local.get $total) (i32.wrap_i64 (i64.load (i32.const 0))))
    (i32.add (local.get $total) (i32.load (i32.const 8))) (i32.or)
    (i32.and (i32.const 0xffff) (i32.xor (local.get $total) (i32.load16_u (i32.const 16)))) (i32.or)
    (i32.and (i32.const 0xff) (i32.xor (local.get $total) (i32.load8_u (i32.const 18)))) (i32.or)))

(invoke "run")
(wait $Other)
(assert_return (invoke "wrong") (i32.const 0))
