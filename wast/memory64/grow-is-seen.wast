;; title:    a thread in a loop sees the new size of a shared 64-bit memory and can use its new pages
;; spec:     exec-memory.size
;; features: threads memory64
;; threads:  2
;; why:      wasmtime #4267

;; The grower begins when the loop runs (64), and says when it has ended (0), for the case that a grow fails.
(module $Mem (memory (export "memory") i64 1 20 shared))
(register "mem" $Mem)

(thread $Grower (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") i64 1 20 shared)
    (func (export "grow") (param $n i32)
      (loop $until_watched (br_if $until_watched (i32.eqz (i32.atomic.load (i64.const 64)))))
      (loop $next
        (drop (memory.grow (i64.const 1)))
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
      (i32.atomic.store (i64.const 0) (i32.const 1)))
  )
  (invoke "grow" (i32.const 19))
)

(module
  (memory (import "mem" "memory") i64 1 20 shared)
  ;; Adds 1 to the last word of the memory, plainly and atomically, whenever its size has changed, until the grower has
  ;; ended: how often the size fell, or the word was not 0.
  (func (export "watch") (result i32)
    (local $size i64) (local $now i64) (local $last i64) (local $ended i32) (local $wrong i32)
    (local.set $size (i64.const 1))
    (loop $next
      (local.set $ended (i32.atomic.load (i64.const 0)))
      (i32.atomic.store (i64.const 64) (i32.const 1))
      (if (i64.ne (local.tee $now (memory.size)) (local.get $size))
        (then
          (local.set $wrong (i32.add (local.get $wrong) (i64.lt_u (local.get $now) (local.get $size))))
          (local.set $size (local.get $now))
          (local.set $last (i64.sub (i64.mul (local.get $now) (i64.const 65536)) (i64.const 4)))
          (local.set $wrong (i32.add (local.get $wrong) (i32.load (local.get $last))))
          (i32.store (local.get $last) (i32.const 1))
          (local.set $wrong (i32.add (local.get $wrong)
            (i32.ne (i32.const 1) (i32.atomic.rmw.add (local.get $last) (i32.const 1)))))))
      (br_if $next (i32.eqz (local.get $ended))))
    (local.get $wrong))
)
(assert_return (invoke "watch") (i32.const 0))
(wait $Grower)
