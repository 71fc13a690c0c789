;; title:    a vector stored before an atomic store is there for whoever has seen that store
;; spec:     relaxed-consistent
;; features: threads simd
;; threads:  2
;; needs:    wait

;; 1024, 1049: the message, of round $n; 64: the number of the round, by atomic accesses only; 128: how many rounds were
;; read. Whoever has to wait for the other sleeps, so that a round is short on one core too.
(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)

(thread $Reader (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    ;; How many messages were not of their round, in any of their bytes.
    (func (export "read 300 rounds") (result i32)
      (local $n i32) (local $wrong i32) (local $expected v128)
      (loop $next
        (local.set $n (i32.add (local.get $n) (i32.const 1)))
        (local.set $expected (i32x4.splat (local.get $n)))
        (loop $until_sent
          (if (i32.lt_u (i32.atomic.load (i32.const 64)) (local.get $n))
            (then
              (drop (memory.atomic.wait32 (i32.const 64) (i32.sub (local.get $n) (i32.const 1)) (i64.const -1)))
              (br $until_sent))))
        (local.set $wrong (i32.add (local.get $wrong)
          (v128.any_true (v128.xor (local.get $expected) (v128.load (i32.const 1024))))))
        (local.set $wrong (i32.add (local.get $wrong)
          (v128.any_true (v128.xor (local.get $expected) (v128.load (i32.const 1049))))))
        (i32.atomic.store (i32.const 128) (local.get $n))
        (drop (memory.atomic.notify (i32.const 128) (i32.const 1)))
        (br_if $next (i32.lt_u (local.get $n) (i32.const 300))))
      (local.get $wrong))
  )
  (assert_return (invoke "read 300 rounds") (i32.const 0))
)

(module
  (memory (import "mem" "memory") 1 1 shared)
  (func (export "write 300 rounds")
    (local $n i32)
    (loop $next
      (local.set $n (i32.add (local.get $n) (i32.const 1)))
      (v128.store (i32.const 1024) (i32x4.splat (local.get $n)))
      (v128.store (i32.const 1049) (i32x4.splat (local.get $n)))
      (i32.atomic.store (i32.const 64) (local.get $n))
      (drop (memory.atomic.notify (i32.const 64) (i32.const 1)))
      (loop $until_read
        (if (i32.lt_u (i32.atomic.load (i32.const 128)) (local.get $n))
          (then
            (drop (memory.atomic.wait32 (i32.const 128) (i32.sub (local.get $n) (i32.const 1)) (i64.const -1)))
            (br $until_read))))
      (br_if $next (i32.lt_u (local.get $n) (i32.const 300)))))
)
(invoke "write 300 rounds")
(wait $Reader)
