;; title:    cmpxchg in a function with more live values than registers
;; spec:     exec-atomic.rmw.cmpxchg
;; features: threads
;; threads:  1
;; why:      wasmtime #4959, wasmtime #4960

;; Compare-and-exchange wants fixed registers on some machines. Nineteen sums are alive around this loop, which adds each
;; of 1 … $n to the cell by cmpxchg, and to all nineteen.
(module
  (memory 1 1 shared)
  (func (export "run") (param $n i32) (result i64)
    (local $old i64)
    (local $a i64) (local $b i64) (local $c i64) (local $d i64) (local $e i64) (local $f i64) (local $g i64)
    (local $h i64) (local $i i64) (local $j i64) (local $k i64) (local $l i64) (local $m i64) (local $o i64)
    (local $p i64) (local $q i64) (local $r i64) (local $s i64) (local $t i64) (local $u i64)
    (loop $next
      (local.set $old (i64.atomic.load (i32.const 8)))
      (br_if $next (i64.ne (local.get $old)
        (i64.atomic.rmw.cmpxchg (i32.const 8)
          (local.get $old) (i64.add (local.get $old) (i64.extend_i32_u (local.get $n))))))
      (local.set $a (i64.add (local.get $a) (local.tee $u (i64.extend_i32_u (local.get $n)))))
      (local.set $b (i64.add (local.get $b) (local.get $u))) (local.set $c (i64.add (local.get $c) (local.get $u)))
      (local.set $d (i64.add (local.get $d) (local.get $u))) (local.set $e (i64.add (local.get $e) (local.get $u)))
      (local.set $f (i64.add (local.get $f) (local.get $u))) (local.set $g (i64.add (local.get $g) (local.get $u)))
      (local.set $h (i64.add (local.get $h) (local.get $u))) (local.set $i (i64.add (local.get $i) (local.get $u)))
      (local.set $j (i64.add (local.get $j) (local.get $u))) (local.set $k (i64.add (local.get $k) (local.get $u)))
      (local.set $l (i64.add (local.get $l) (local.get $u))) (local.set $m (i64.add (local.get $m) (local.get $u)))
      (local.set $o (i64.add (local.get $o) (local.get $u))) (local.set $p (i64.add (local.get $p) (local.get $u)))
      (local.set $q (i64.add (local.get $q) (local.get $u))) (local.set $r (i64.add (local.get $r) (local.get $u)))
      (local.set $s (i64.add (local.get $s) (local.get $u))) (local.set $t (i64.add (local.get $t) (local.get $u)))
      (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (i64.add (i64.load (i32.const 8))
      (i64.mul (i64.const 1000) (i64.xor (i64.xor (i64.xor (i64.xor (local.get $a) (local.get $b))
        (i64.xor (i64.xor (local.get $c) (local.get $d)) (i64.xor (local.get $e) (local.get $f))))
        (i64.xor (i64.xor (i64.xor (local.get $g) (local.get $h)) (i64.xor (local.get $i) (local.get $j)))
          (i64.xor (i64.xor (local.get $k) (local.get $l)) (i64.xor (local.get $m) (local.get $o)))))
        (i64.xor (i64.xor (local.get $p) (local.get $q)) (i64.xor (local.get $r) (i64.sub (local.get $s) (local.get $t))))))))
)

;; The cell holds 1 + … + 10 = 55. Of seventeen equal sums all but one cancel out; $s and $t differ by 0.
(assert_return (invoke "run" (i32.const 10)) (i64.const 55055))
