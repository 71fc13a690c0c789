;; title:    a vector stored before an atomic store is there for whoever has seen that store
;; spec:     relaxed-consistent
;; features: threads simd
;; threads:  2

;; 1024, 1049: the message, of round $n; 64: the number of the round, by atomic accesses only; 128: how many rounds were read.
(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)

(thread $Reader (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    ;; How many messages were not of their round, in any of their bytes.
    (func (export "read 2000 rounds") (result i32)
      (local $n i32) (local $wrong i32) (local $expected v128)
      (loop $next
        (local.set $n (i32.add (local.get $n) (i32.const 1)))
        (local.set $expected (i32x4.splat (local.get $n)))
        (loop $until_sent (br_if $until_sent (i32.lt_u (i32.atomic.load (i32.const 64)) (local.get $n))))
        (local.set $wrong (i32.add (local.get $wrong)
          (v128.any_true (v128.xor (local.get $expected) (v128.load (i32.const 1024))))))
        (local.set $wrong (i32.add (local.get $wrong)
          (v128.any_true (v128.xor (local.get $expected) (v128.load (i32.const 1049))))))
        (i32.atomic.store (i32.const 128) (local.get $n))
        (br_if $next (i32.lt_u (local.get $n) (i32.const 2000))))
      (local.get $wrong))
  )
  (assert_return (invoke "read 2000 rounds") (i32.const 0))
)

(module
  (memory (import "mem" "memory") 1 1 shared)
  (func (export "write 2000 rounds")
    (local $n i32)
    (loop $next
      (local.set $n (i32.add (local.get $n) (i32.const 1)))
      (v128.store (i32.const 1024) (i32x4.splat (local.get $n)))
      (v128.store (i32.const 1049) (i32x4.splat (local.get $n)))
      (i32.atomic.store (i32.const 64) (local.get $n))
      (loop $until_read (br_if $until_read (i32.lt_u (i32.atomic.load (i32.const 128)) (local.get $n))))
      (br_if $next (i32.lt_u (local.get $n) (i32.const 2000)))))
)
(invoke "write 2000 rounds")
(wait $Reader)
