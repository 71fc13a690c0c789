;; title:    a wait sleeps at least as long as its timeout says
;; spec:     exec-memory.atomic.waitn
;; features: threads
;; threads:  1
;; needs:    wait timeout
;; min-time: 200ms
;; why:      WAMR #1038, WAMR #1041, wasmtime #5312, wasmtime #5314, wasmtime #5315

;; Fifty, thirty and twenty milliseconds, and 102 times nearly one: fractions that are cut off add up.
(module
  (memory 1 1 shared)
  (func (export "wait32") (param i64) (result i32)
    (memory.atomic.wait32 (i32.const 8) (i32.const 0) (local.get 0)))
  (func (export "wait64") (param i64) (result i32)
    (memory.atomic.wait64 (i32.const 8) (i64.const 0) (local.get 0)))
  ;; How many of 102 waits did not time out
  (func (export "102 times 0.99 ms") (result i32)
    (local $n i32) (local $wrong i32)
    (loop $next
      (local.set $wrong (i32.add (local.get $wrong) (i32.ne (i32.const 2)
        (memory.atomic.wait32 (i32.const 8) (i32.const 0) (i64.const 990_000)))))
      (br_if $next (i32.lt_u (local.tee $n (i32.add (local.get $n) (i32.const 1))) (i32.const 102))))
    (local.get $wrong))
)
(assert_return (invoke "wait32" (i64.const 50_000_000)) (i32.const 2))
(assert_return (invoke "wait64" (i64.const 30_000_000)) (i32.const 2))
(assert_return (invoke "wait32" (i64.const 20_000_000)) (i32.const 2))
(assert_return (invoke "102 times 0.99 ms") (i32.const 0))
