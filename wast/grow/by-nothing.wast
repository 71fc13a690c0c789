;; title:    memory.grow by 0 gives the present size, which never falls, while another thread grows
;; spec:     exec-memory.grow
;; features: threads
;; threads:  2

;; The grower begins when 64 is set, and sets 0 when it has ended. A grow by 0 adds nothing: in the end the size is what
;; the grower got (128).
(module $Mem (memory (export "memory") 1 40 shared))
(register "mem" $Mem)

(thread $Grower (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 40 shared)
    (func (export "grow") (param $n i32)
      (loop $until_watched (br_if $until_watched (i32.eqz (i32.atomic.load (i32.const 64)))))
      (loop $next
        (if (i32.ne (memory.grow (i32.const 1)) (i32.const -1))
          (then (drop (i32.atomic.rmw.add (i32.const 128) (i32.const 1)))))
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
      (i32.atomic.store (i32.const 0) (i32.const 1)))
  )
  (invoke "grow" (i32.const 39))
)

(module
  (memory (import "mem" "memory") 1 40 shared)
  ;; How often a grow by 0 gave less than was known before it, or more than was known after it
  (func (export "watch") (result i32)
    (local $before i32) (local $now i32) (local $ended i32) (local $wrong i32)
    (loop $next
      (local.set $ended (i32.atomic.load (i32.const 0)))
      (i32.atomic.store (i32.const 64) (i32.const 1))
      (local.set $before (memory.size))
      (if (i32.ne (local.tee $now (memory.grow (i32.const 0))) (i32.const -1))
        (then
          (local.set $wrong (i32.add (local.get $wrong) (i32.lt_u (local.get $now) (local.get $before))))
          (local.set $wrong (i32.add (local.get $wrong) (i32.gt_u (local.get $now) (memory.size))))))
      (br_if $next (i32.eqz (local.get $ended))))
    (local.get $wrong))
  (func (export "size") (result i32) (i32.sub (memory.size) (i32.atomic.load (i32.const 128))))
)
(assert_return (invoke "watch") (i32.const 0))
(wait $Grower)
(assert_return (invoke "size") (i32.const 1))
