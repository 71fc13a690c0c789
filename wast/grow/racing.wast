;; title:    grows in two threads at once never give a page to both
;; spec:     exec-memory.grow
;; features: threads
;; threads:  2
;; why:      threads #224, threads #26

;; Each thread grows by 1, 2 and 3 pages in turn, eight times, and adds 1 to the first word of every page that it got; a
;; grow that returns -1 got none. In the end every page beyond the first must have been got once. The threads meet at 0.
(module $Mem (memory (export "memory") 1 128 shared))
(register "mem" $Mem)

(thread $Other (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 128 shared)
    (func $grow (param $pages i32) (local $at i32)
      (local.set $at (memory.grow (local.get $pages)))
      (if (i32.eq (local.get $at) (i32.const -1)) (then (return)))
      (local.set $at (i32.mul (local.get $at) (i32.const 65536)))
      (loop $next
        (drop (i32.atomic.rmw.add (local.get $at) (i32.const 1)))
        (local.set $at (i32.add (local.get $at) (i32.const 65536)))
        (br_if $next (local.tee $pages (i32.sub (local.get $pages) (i32.const 1))))))
    (func (export "run") (param $n i32)
      (drop (i32.atomic.rmw.add (i32.const 0) (i32.const 1)))
      (loop $until_both (br_if $until_both (i32.lt_u (i32.atomic.load (i32.const 0)) (i32.const 2))))
      (loop $next
        (call $grow (i32.const 1)) (call $grow (i32.const 2)) (call $grow (i32.const 3))
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))))
  (invoke "run" (i32.const 8)))

(module
  (memory (import "mem" "memory") 1 128 shared)
  (func $grow (param $pages i32) (local $at i32)
    (local.set $at (memory.grow (local.get $pages)))
    (if (i32.eq (local.get $at) (i32.const -1)) (then (return)))
    (local.set $at (i32.mul (local.get $at) (i32.const 65536)))
    (loop $next
      (drop (i32.atomic.rmw.add (local.get $at) (i32.const 1)))
      (local.set $at (i32.add (local.get $at) (i32.const 65536)))
      (br_if $next (local.tee $pages (i32.sub (local.get $pages) (i32.const 1))))))
  (func (export "run") (param $n i32)
    (drop (i32.atomic.rmw.add (i32.const 0) (i32.const 1)))
    (loop $until_both (br_if $until_both (i32.lt_u (i32.atomic.load (i32.const 0)) (i32.const 2))))
    (loop $next
      (call $grow (i32.const 1)) (call $grow (i32.const 2)) (call $grow (i32.const 3))
      (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
  ;; How many pages beyond the first were not got exactly once
  (func (export "wrong") (result i32) (local $page i32) (local $wrong i32)
    (local.set $page (memory.size))
    (loop $next
      (if (local.tee $page (i32.sub (local.get $page) (i32.const 1))) (then
        (local.set $wrong (i32.add (local.get $wrong)
          (i32.ne (i32.load (i32.mul (local.get $page) (i32.const 65536))) (i32.const 1))))
        (br $next))))
    (local.get $wrong)))

(invoke "run" (i32.const 8))
(wait $Other)
(assert_return (invoke "wrong") (i32.const 0))
