;; title:    who reads an atomic flag sees the plain writes made before the flag was stored
;; spec:     relaxed-consistent
;; features: threads
;; threads:  2

;; 0: the flag, which is the number of the last record written; record n is at 1024 + 16 n, written plainly, once. The threads
;; meet at 64.
(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)

(thread $Writer (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func (export "write") (param $records i32)
      (local $n i32) (local $at i32)
      (drop (i32.atomic.rmw.add (i32.const 64) (i32.const 1)))
      (loop $until_both (br_if $until_both (i32.lt_u (i32.atomic.load (i32.const 64)) (i32.const 2))))
      (loop $next
        (local.set $n (i32.add (local.get $n) (i32.const 1)))
        (local.set $at (i32.add (i32.const 1024) (i32.shl (local.get $n) (i32.const 4))))
        (i32.store16 offset=14 (local.get $at) (local.get $n))
        (i32.store (local.get $at) (local.get $n))
        (i64.store offset=5 (local.get $at) (i64.extend_i32_u (local.get $n)))
        (i32.atomic.store (i32.const 0) (local.get $n))
        (br_if $next (i32.lt_u (local.get $n) (local.get $records)))))
  )
  (invoke "write" (i32.const 4_000))
)

(module
  (memory (import "mem" "memory") 1 1 shared)
  ;; How many reads missed a write that the flag covers
  (func (export "read") (param $records i32) (result i32)
    (local $n i32) (local $at i32) (local $wrong i32)
    (drop (i32.atomic.rmw.add (i32.const 64) (i32.const 1)))
    (loop $until_both (br_if $until_both (i32.lt_u (i32.atomic.load (i32.const 64)) (i32.const 2))))
    (loop $next
      (br_if $next (i32.eqz (local.tee $n (i32.atomic.load (i32.const 0)))))
      (local.set $at (i32.add (i32.const 1024) (i32.shl (local.get $n) (i32.const 4))))
      (local.set $wrong (i32.add (local.get $wrong) (i32.ne (i32.load (local.get $at)) (local.get $n))))
      (local.set $wrong (i32.add (local.get $wrong) (i32.ne (i32.load16_u offset=14 (local.get $at)) (local.get $n))))
      (local.set $wrong (i32.add (local.get $wrong)
        (i64.ne (i64.load offset=5 (local.get $at)) (i64.extend_i32_u (local.get $n)))))
      (br_if $next (i32.lt_u (local.get $n) (local.get $records))))
    (local.get $wrong))
)
(assert_return (invoke "read" (i32.const 4_000)) (i32.const 0))
(wait $Writer)
