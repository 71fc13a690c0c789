;; title:    grows in two threads at once never pass the maximum, and the size is the sum of what both got
;; spec:     exec-memory.grow
;; features: threads
;; threads:  2
;; why:      threads #224

;; The threads meet at 8 before each grow, by 3 pages in the one, by 2 in the other; of 24 grows each the last ones must
;; fail. Whoever got pages marks the first. 16: the pages that both got, in all.
(module $Mem (memory (export "memory") 1 102 shared))
(register "mem" $Mem)

(thread $Other (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 102 shared)
    (func (export "run") (param $pages i32) (local $n i32) (local $at i32)
      (loop $next
        (local.set $n (i32.add (local.get $n) (i32.const 2)))
        (drop (i32.atomic.rmw.add (i32.const 8) (i32.const 1)))
        (loop $until_both (br_if $until_both (i32.lt_u (i32.atomic.load (i32.const 8)) (local.get $n))))
        (if (i32.ne (local.tee $at (memory.grow (local.get $pages))) (i32.const -1))
          (then
            (drop (i32.atomic.rmw.add (i32.const 16) (local.get $pages)))
            (drop (i32.atomic.rmw.add (i32.mul (local.get $at) (i32.const 65536)) (i32.const 1)))))
        (br_if $next (i32.lt_u (local.get $n) (i32.const 48))))))
  (invoke "run" (i32.const 3)))

(module
  (memory (import "mem" "memory") 1 102 shared)
  (func (export "run") (param $pages i32) (local $n i32) (local $at i32)
    (loop $next
      (local.set $n (i32.add (local.get $n) (i32.const 2)))
      (drop (i32.atomic.rmw.add (i32.const 8) (i32.const 1)))
      (loop $until_both (br_if $until_both (i32.lt_u (i32.atomic.load (i32.const 8)) (local.get $n))))
      (if (i32.ne (local.tee $at (memory.grow (local.get $pages))) (i32.const -1))
        (then
          (drop (i32.atomic.rmw.add (i32.const 16) (local.get $pages)))
          (drop (i32.atomic.rmw.add (i32.mul (local.get $at) (i32.const 65536)) (i32.const 1)))))
      (br_if $next (i32.lt_u (local.get $n) (i32.const 48)))))
  (func (export "size is the sum") (result i32) (i32.eq (memory.size) (i32.add (i32.const 1) (i32.load (i32.const 16)))))
  (func (export "size is too large") (result i32) (i32.gt_u (memory.size) (i32.const 102)))
  ;; How many pages were marked more than once
  (func (export "given twice") (result i32) (local $page i32) (local $wrong i32)
    (local.set $page (i32.const 1))
    (loop $next
      (if (i32.lt_u (local.get $page) (memory.size))
        (then
          (local.set $wrong (i32.add (local.get $wrong)
            (i32.gt_u (i32.load (i32.mul (local.get $page) (i32.const 65536))) (i32.const 1))))
          (local.set $page (i32.add (local.get $page) (i32.const 1)))
          (br $next))))
    (local.get $wrong)))

(invoke "run" (i32.const 2))
(wait $Other)
(assert_return (invoke "size is the sum") (i32.const 1))
(assert_return (invoke "size is too large") (i32.const 0))
(assert_return (invoke "given twice") (i32.const 0))
