;; title:    no wake-up is lost in a hundred thousand rounds of store and notify, compare and wait
;; spec:     exec-memory.atomic.waitn
;; features: threads
;; threads:  2
;; needs:    wait
;; why:      WAMR #2044, WAMR #2024, WebKit #7048, threads #211

;; The cell at 0 counts the turns: the one thread makes it odd, the other even, and each sleeps while it is what the
;; other has to change. A wait that compares, and only then enters the queue, sleeps for ever sooner or later.
(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)

(thread $Pong (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    ;; How many waits and notifies gave more than 1
    (func (export "play") (param $rounds i32) (result i32) (local $n i32) (local $wrong i32)
      (local.set $n (i32.const 1))
      (loop $next
        (loop $until_mine
          (if (i32.ne (i32.atomic.load (i32.const 0)) (local.get $n))
            (then
              (local.set $wrong (i32.add (local.get $wrong) (i32.lt_u (i32.const 1)
                (memory.atomic.wait32 (i32.const 0) (i32.sub (local.get $n) (i32.const 1)) (i64.const -1)))))
              (br $until_mine))))
        (i32.atomic.store (i32.const 0) (i32.add (local.get $n) (i32.const 1)))
        (local.set $wrong (i32.add (local.get $wrong)
          (i32.gt_u (memory.atomic.notify (i32.const 0) (i32.const 1)) (i32.const 1))))
        (local.set $n (i32.add (local.get $n) (i32.const 2)))
        (br_if $next (local.tee $rounds (i32.sub (local.get $rounds) (i32.const 1)))))
      (local.get $wrong)))
  (assert_return (invoke "play" (i32.const 50_000)) (i32.const 0)))

(module
  (memory (import "mem" "memory") 1 1 shared)
  (func (export "play") (param $rounds i32) (result i32) (local $n i32) (local $wrong i32)
    (loop $next
      (loop $until_mine
        (if (i32.ne (i32.atomic.load (i32.const 0)) (local.get $n))
          (then
            (local.set $wrong (i32.add (local.get $wrong) (i32.lt_u (i32.const 1)
              (memory.atomic.wait32 (i32.const 0) (i32.sub (local.get $n) (i32.const 1)) (i64.const -1)))))
            (br $until_mine))))
      (i32.atomic.store (i32.const 0) (i32.add (local.get $n) (i32.const 1)))
      (local.set $wrong (i32.add (local.get $wrong)
        (i32.gt_u (memory.atomic.notify (i32.const 0) (i32.const 1)) (i32.const 1))))
      (local.set $n (i32.add (local.get $n) (i32.const 2)))
      (br_if $next (local.tee $rounds (i32.sub (local.get $rounds) (i32.const 1)))))
    (local.get $wrong))
  (func (export "turns") (result i32) (i32.atomic.load (i32.const 0))))

(assert_return (invoke "play" (i32.const 50_000)) (i32.const 0))
(wait $Pong)
(assert_return (invoke "turns") (i32.const 100_000))
