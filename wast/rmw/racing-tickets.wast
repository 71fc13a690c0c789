;; title:    of what two threads draw by rmw.add and rmw.sub, no number comes out twice
;; spec:     exec-atomic.rmw
;; features: threads
;; threads:  2
;; why:      wabt #2784, wasmtime #5898, wazero #1460

;; 8 counts up, 16 down; 256, 264: the sums of all numbers drawn, which must be those of 0, 1 … n-1 and 0, -1 … 1-n.
;; 128: the blocks of 1000 rounds that $Other has done; 64: the end has come.
(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)

(thread $Other (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func (export "run") (local $n i32) (local $up i64) (local $down i64)
      (loop $block
        (local.set $n (i32.const 1000))
        (loop $next
          (local.set $up (i64.add (local.get $up) (i64.extend_i32_u (i32.atomic.rmw.add (i32.const 8) (i32.const 1)))))
          (local.set $down (i64.add (local.get $down) (i64.atomic.rmw.sub (i32.const 16) (i64.const 1))))
          (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
        (drop (i32.atomic.rmw.add (i32.const 128) (i32.const 1)))
        (br_if $block (i32.eqz (i32.atomic.load (i32.const 64)))))
      (drop (i64.atomic.rmw.add (i32.const 256) (local.get $up)))
      (drop (i64.atomic.rmw.add (i32.const 264) (local.get $down)))))
  (invoke "run"))

(module
  (memory (import "mem" "memory") 1 1 shared)
  ;; Goes on until $Other was seen to get on forty times.
  (func (export "run") (local $n i32) (local $last i32) (local $seen i32) (local $up i64) (local $down i64)
    (loop $block
      (local.set $n (i32.const 1000))
      (loop $next
        (local.set $up (i64.add (local.get $up) (i64.extend_i32_u (i32.atomic.rmw.add (i32.const 8) (i32.const 1)))))
        (local.set $down (i64.add (local.get $down) (i64.atomic.rmw.sub (i32.const 16) (i64.const 1))))
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
      (local.set $seen (i32.add (local.get $seen)
        (i32.ne (local.get $last) (local.tee $last (i32.atomic.load (i32.const 128))))))
      (br_if $block (i32.lt_u (local.get $seen) (i32.const 40))))
    (i32.atomic.store (i32.const 64) (i32.const 1))
    (drop (i64.atomic.rmw.add (i32.const 256) (local.get $up)))
    (drop (i64.atomic.rmw.add (i32.const 264) (local.get $down))))
  ;; n (n - 1) / 2 minus the sum of the numbers drawn, both ways
  (func (export "difference") (result i64 i64) (local $n i64) (local $sum i64)
    (local.set $n (i64.load32_u (i32.const 8)))
    (local.set $sum (i64.shr_u (i64.mul (local.get $n) (i64.sub (local.get $n) (i64.const 1))) (i64.const 1)))
    (i64.sub (local.get $sum) (i64.load (i32.const 256)))
    (i64.add (local.get $sum) (i64.load (i32.const 264)))))

(invoke "run")
(wait $Other)
(assert_return (invoke "difference") (i64.const 0) (i64.const 0))
