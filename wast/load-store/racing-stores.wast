;; title:    two threads that store 64 and 32 bits atomically side by side find what they stored
;; spec:     exec-atomic.storen
;; features: threads
;; threads:  2
;; why:      wasmtime #5884, wasmtime #5919

;; 16, 32, 40: pairs of cells, one for each of the three stores: the first cell is $Other's, the second this thread's. A
;; store made of a wider one would undo the neighbour's.
;; 128: the blocks of 250 rounds that $Other has done; 64: the end has come.
(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)

(thread $Other (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func (export "run") (result i64) (local $n i32) (local $v i64) (local $wrong i64)
      (loop $block
        (local.set $n (i32.const 250))
        (loop $next
          (local.set $v (i64.mul (i64.extend_i32_u (local.get $n)) (i64.const 0x0101010101010101)))
          (i64.atomic.store offset=16 (i32.const 0) (local.get $v)) (i64.atomic.store32 offset=40 (i32.const 0) (local.get $v))
          (i32.atomic.store offset=32 (i32.const 0) (i32.wrap_i64 (local.get $v)))
          (local.get $wrong)
          (i64.xor (local.get $v) (i64.atomic.load offset=16 (i32.const 0))) (i64.or)
          (local.set $v (i64.and (local.get $v) (i64.const 0xffffffff)))
          (i64.xor (local.get $v) (i64.extend_i32_u (i32.atomic.load offset=32 (i32.const 0)))) (i64.or)
          (i64.xor (local.get $v) (i64.atomic.load32_u offset=40 (i32.const 0))) (i64.or)
          (local.set $wrong)
          (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
        (drop (i32.atomic.rmw.add (i32.const 128) (i32.const 1)))
        (br_if $block (i32.eqz (i32.atomic.load (i32.const 64)))))
      (local.get $wrong)))
  (assert_return (invoke "run") (i64.const 0)))

(module
  (memory (import "mem" "memory") 1 1 shared)
  ;; Goes on until $Other was seen to get on forty times. The bits that were found changed.
  (func (export "run") (result i64) (local $n i32) (local $v i64) (local $wrong i64) (local $last i32) (local $seen i32)
    (loop $block
      (local.set $n (i32.const 250))
      (loop $next
        (local.set $v (i64.mul (i64.extend_i32_u (local.get $n)) (i64.const 0x0101010101010101)))
        (i64.atomic.store offset=16 (i32.const 8) (local.get $v)) (i64.atomic.store32 offset=40 (i32.const 4) (local.get $v))
        (i32.atomic.store offset=32 (i32.const 4) (i32.wrap_i64 (local.get $v)))
        (local.get $wrong)
        (i64.xor (local.get $v) (i64.atomic.load offset=16 (i32.const 8))) (i64.or)
        (local.set $v (i64.and (local.get $v) (i64.const 0xffffffff)))
        (i64.xor (local.get $v) (i64.extend_i32_u (i32.atomic.load offset=32 (i32.const 4)))) (i64.or)
        (i64.xor (local.get $v) (i64.atomic.load32_u offset=40 (i32.const 4))) (i64.or)
        (local.set $wrong)
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
      (local.set $seen (i32.add (local.get $seen)
        (i32.ne (local.get $last) (local.tee $last (i32.atomic.load (i32.const 128))))))
      (br_if $block (i32.lt_u (local.get $seen) (i32.const 40))))
    (i32.atomic.store (i32.const 64) (i32.const 1))
    (local.get $wrong)))
(assert_return (invoke "run") (i64.const 0))
(wait $Other)
