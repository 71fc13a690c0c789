;; title:    a page that a thread has just got is all zero, while another thread fills those that it got
;; spec:     exec-memory.grow
;; features: threads
;; threads:  2

;; The threads meet at 8 before each grow, by 1 page, 30 times each; then each adds up the words of its page, and fills
;; it with ones.
(module $Mem (memory (export "memory") 1 128 shared))
(register "mem" $Mem)

(thread $Other (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 128 shared)
    ;; The sum of what was in the new pages
    (func (export "run") (param $n i32) (result i64)
      (local $at i32) (local $end i32) (local $sum i64) (local $all i32)
      (loop $next
        (local.set $all (i32.add (local.get $all) (i32.const 2)))
        (drop (i32.atomic.rmw.add (i32.const 8) (i32.const 1)))
        (loop $until_both (br_if $until_both (i32.lt_u (i32.atomic.load (i32.const 8)) (local.get $all))))
        (local.set $at (memory.grow (i32.const 1)))
        (if (i32.ne (local.get $at) (i32.const -1))
          (then
            (local.set $at (i32.mul (local.get $at) (i32.const 65536)))
            (local.set $end (i32.add (local.get $at) (i32.const 65536)))
            (loop $word
              (local.set $sum (i64.add (local.get $sum) (i64.load (local.get $at))))
              (i64.store (local.get $at) (i64.const 0x0101010101010101))
              (br_if $word (i32.ne (local.tee $at (i32.add (local.get $at) (i32.const 8))) (local.get $end))))))
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
      (local.get $sum))
  )
  (assert_return (invoke "run" (i32.const 30)) (i64.const 0))
)

(module
  (memory (import "mem" "memory") 1 128 shared)
  ;; The sum of what was in the new pages
  (func (export "run") (param $n i32) (result i64)
    (local $at i32) (local $end i32) (local $sum i64) (local $all i32)
    (loop $next
      (local.set $all (i32.add (local.get $all) (i32.const 2)))
      (drop (i32.atomic.rmw.add (i32.const 8) (i32.const 1)))
      (loop $until_both (br_if $until_both (i32.lt_u (i32.atomic.load (i32.const 8)) (local.get $all))))
      (local.set $at (memory.grow (i32.const 1)))
      (if (i32.ne (local.get $at) (i32.const -1))
        (then
          (local.set $at (i32.mul (local.get $at) (i32.const 65536)))
          (local.set $end (i32.add (local.get $at) (i32.const 65536)))
          (loop $word
            (local.set $sum (i64.add (local.get $sum) (i64.load (local.get $at))))
            (i64.store (local.get $at) (i64.const 0x0101010101010101))
            (br_if $word (i32.ne (local.tee $at (i32.add (local.get $at) (i32.const 8))) (local.get $end))))))
      (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $sum))
)
(assert_return (invoke "run" (i32.const 30)) (i64.const 0))
(wait $Other)
