;; title:    a thread in a loop sees memory.size rise and can use the new pages at once
;; spec:     exec-memory.size
;; features: threads
;; threads:  2
;; why:      WAMR #2078, wazero #1927

;; memory.size is sequentially consistent: who reads the new size may access what it covers. The grower begins when the loop
;; runs (64), counts the pages it got (128), and says when it has ended (0).
(module $Mem (memory (export "memory") 1 20 shared))
(register "mem" $Mem)

(thread $Grower (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 20 shared)
    (func (export "grow") (param $n i32)
      (loop $until_watched (br_if $until_watched (i32.eqz (i32.atomic.load (i32.const 64)))))
      (loop $next
        (if (i32.ne (memory.grow (i32.const 1)) (i32.const -1))
          (then (drop (i32.atomic.rmw.add (i32.const 128) (i32.const 1)))))
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
      (i32.atomic.store (i32.const 0) (i32.const 1)))
  )
  (invoke "grow" (i32.const 19))
)

(module
  (memory (import "mem" "memory") 1 20 shared)
  ;; Adds 1 to the last word of the memory, plainly and atomically, whenever its size has changed: how often the size fell, or
  ;; the word was not 0; and whether it ended without the size that the grower left, or without a 2 in the last word. When the
  ;; grower has ended that size is due at once: this loop gets a million turns, the test size-in-a-running-function none.
  (func (export "watch") (result i32)
    (local $size i32) (local $now i32) (local $last i32) (local $due i32) (local $ended i32) (local $wrong i32)
    (local $turns i32)
    (local.set $size (i32.const 1))
    (local.set $turns (i32.const 1_000_000))
    (loop $next
      (local.set $ended (i32.atomic.load (i32.const 0)))
      (i32.atomic.store (i32.const 64) (i32.const 1))
      (if (i32.ne (local.tee $now (memory.size)) (local.get $size))
        (then
          (local.set $wrong (i32.add (local.get $wrong) (i32.lt_u (local.get $now) (local.get $size))))
          (local.set $size (local.get $now))
          (local.set $last (i32.sub (i32.mul (local.get $now) (i32.const 65536)) (i32.const 4)))
          (local.set $wrong (i32.add (local.get $wrong) (i32.load (local.get $last))))
          (i32.store (local.get $last) (i32.const 1))
          (local.set $wrong (i32.add (local.get $wrong)
            (i32.ne (i32.const 1) (i32.atomic.rmw.add (local.get $last) (i32.const 1)))))))
      (br_if $next (i32.eqz (local.get $ended)))
      (local.set $due (i32.add (i32.atomic.load (i32.const 128)) (i32.const 1)))
      (br_if $next (i32.and
        (i32.ne (local.get $size) (local.get $due))
        (i32.ne (local.tee $turns (i32.sub (local.get $turns) (i32.const 1))) (i32.const 0)))))
    (if (i32.eq (local.get $due) (i32.const 1)) (then (return (local.get $wrong))))
    (local.set $last (i32.sub (i32.mul (local.get $due) (i32.const 65536)) (i32.const 4)))
    (i32.add (local.get $wrong)
      (i32.or (i32.ne (local.get $size) (local.get $due)) (i32.ne (i32.load (local.get $last)) (i32.const 2)))))
)
(assert_return (invoke "watch") (i32.const 0))
(wait $Grower)
