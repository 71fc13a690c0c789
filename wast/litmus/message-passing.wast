;; title:    who reads an atomic flag sees the plain writes made before the flag was stored
;; spec:     relaxed-consistent
;; features: threads
;; threads:  2

;; 0: the flag, which is the number of the round; 1024, 2050, 3072: what is written in it, plainly; 64: the rounds read.
(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)

(thread $Reader (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    ;; How many reads were not of this round
    (func (export "read") (param $rounds i32) (result i32)
      (local $round i32) (local $wrong i32)
      (loop $next
        (local.set $round (i32.add (local.get $round) (i32.const 1)))
        (loop $until_raised (br_if $until_raised (i32.ne (i32.atomic.load (i32.const 0)) (local.get $round))))
        (local.set $wrong (i32.add (local.get $wrong) (i32.ne (i32.load (i32.const 1024)) (local.get $round))))
        (local.set $wrong (i32.add (local.get $wrong) (i32.ne (i32.load16_u (i32.const 2050)) (local.get $round))))
        (local.set $wrong (i32.add (local.get $wrong) (i64.ne (i64.load (i32.const 3072)) (i64.extend_i32_u (local.get $round)))))
        (i32.atomic.store (i32.const 64) (local.get $round))
        (br_if $next (i32.lt_u (local.get $round) (local.get $rounds))))
      (local.get $wrong))
  )
  (assert_return (invoke "read" (i32.const 2_000)) (i32.const 0))
)

(module
  (memory (import "mem" "memory") 1 1 shared)
  (func (export "write") (param $rounds i32)
    (local $round i32)
    (loop $next
      (local.set $round (i32.add (local.get $round) (i32.const 1)))
      (i64.store (i32.const 3072) (i64.extend_i32_u (local.get $round)))
      (i32.store16 (i32.const 2050) (local.get $round))
      (i32.store (i32.const 1024) (local.get $round))
      (i32.atomic.store (i32.const 0) (local.get $round))
      (loop $until_read (br_if $until_read (i32.ne (i32.atomic.load (i32.const 64)) (local.get $round))))
      (br_if $next (i32.lt_u (local.get $round) (local.get $rounds)))))
)
(invoke "write" (i32.const 2_000))
(wait $Reader)
