;; title:    a thread in a loop sees the new size of a shared 64-bit memory and can use its new pages
;; spec:     exec-memory.size
;; features: threads memory64
;; threads:  2
;; why:      wasmtime #4267

;; The grower begins when the loop runs (64), counts the pages it got (128), and says when it has ended (0).
(module $Mem (memory (export "memory") i64 1 20 shared))
(register "mem" $Mem)

(thread $Grower (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") i64 1 20 shared)
    (func (export "grow") (param $n i32)
      (loop $until_watched (br_if $until_watched (i32.eqz (i32.atomic.load (i64.const 64)))))
      (loop $next
        (if (i64.ne (memory.grow (i64.const 1)) (i64.const -1))
          (then (drop (i64.atomic.rmw.add (i64.const 128) (i64.const 1)))))
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
      (i32.atomic.store (i64.const 0) (i32.const 1)))
  )
  (invoke "grow" (i32.const 19))
)

(module
  (memory (import "mem" "memory") i64 1 20 shared)
  ;; Adds 1 to the last word of the memory, plainly and atomically, whenever its size has changed: how often the size fell, or
  ;; the word was not 0; and whether it ended without the size that the grower left, or without a 2 in the last word. When the
  ;; grower has ended that size is due at once: this loop gets a million turns, the test size-in-a-running-function none.
  (func (export "watch") (result i32)
    (local $size i64) (local $now i64) (local $last i64) (local $due i64) (local $ended i32) (local $wrong i32)
    (local $turns i32)
    (local.set $size (i64.const 1))
    (local.set $turns (i32.const 1_000_000))
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
      (br_if $next (i32.eqz (local.get $ended)))
      (local.set $due (i64.add (i64.atomic.load (i64.const 128)) (i64.const 1)))
      (br_if $next (i32.and
        (i64.ne (local.get $size) (local.get $due))
        (i32.ne (local.tee $turns (i32.sub (local.get $turns) (i32.const 1))) (i32.const 0)))))
    (if (i64.eq (local.get $due) (i64.const 1)) (then (return (local.get $wrong))))
    (local.set $last (i64.sub (i64.mul (local.get $due) (i64.const 65536)) (i64.const 4)))
    (i32.add (local.get $wrong)
      (i32.or (i64.ne (local.get $size) (local.get $due)) (i32.ne (i32.load (local.get $last)) (i32.const 2)))))
)
(assert_return (invoke "watch") (i32.const 0))
(wait $Grower)
