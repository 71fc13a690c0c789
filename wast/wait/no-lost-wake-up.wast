;; title:    a store and a notify always end the wait of one who waits for the store, when a plain store does too
;; spec:     exec-memory.atomic.waitn
;; features: threads
;; threads:  2
;; needs:    wait
;; why:      WAMR #2044, WAMR #2024, WebKit #7048, threads #211, ecma262 #1680

;; Two threads take turns 2000 times: the cell at 0 says whose turn it is. Comparing and going to sleep is one step, so
;; that a notify cannot come between; if it could, both would sleep for ever.
(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)

(thread $Odd (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func (export "take turns") (result i32)
      (local $turn i32)
      (loop $next
        ;; Sleeps while the turn is even, here $turn: 0, 2, 4 …
        (loop $asleep
          (drop (memory.atomic.wait32 (i32.const 0) (local.get $turn) (i64.const -1)))
          (br_if $asleep (i32.eq (i32.atomic.load (i32.const 0)) (local.get $turn))))
        (local.set $turn (i32.add (local.get $turn) (i32.const 2)))
        (i32.atomic.store (i32.const 0) (local.get $turn))
        (drop (memory.atomic.notify (i32.const 0) (i32.const 1)))
        (br_if $next (i32.lt_u (local.get $turn) (i32.const 4000))))
      (local.get $turn))
  )
  (assert_return (invoke "take turns") (i32.const 4000))
)

(module
  (memory (import "mem" "memory") 1 1 shared)
  (func (export "take turns") (result i32)
    (local $turn i32)
    (loop $next
      (local.set $turn (i32.add (local.get $turn) (i32.const 1)))
      (i32.store (i32.const 0) (local.get $turn))
      (drop (memory.atomic.notify (i32.const 0) (i32.const 1)))
      (loop $asleep
        (drop (memory.atomic.wait32 (i32.const 0) (local.get $turn) (i64.const -1)))
        (br_if $asleep (i32.eq (i32.atomic.load (i32.const 0)) (local.get $turn))))
      (local.set $turn (i32.add (local.get $turn) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get $turn) (i32.const 4000))))
    (local.get $turn))
)
(assert_return (invoke "take turns") (i32.const 4000))
(wait $Odd)
