;; title:    two threads that store 16 and 8 bits atomically side by side find what they stored
;; spec:     exec-atomic.storen
;; features: threads
;; threads:  2
;; why:      wasmtime #5884, wasmtime #5919

;; 16, 20, 24, 26: pairs of cells, one for each of the four stores: the first cell is $Other's, the second this
;; thread's. A store made of a wider one would undo the neighbour's.
;; 128: the blocks of 1000 rounds, 65000 to 64001, that $Other has done; 64: the end has come.
(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)

(thread $Other (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func (export "run") (result i32) (local $n i32) (local $wrong i32)
      (loop $block
        (local.set $n (i32.const 65000))
        (loop $next
          (i32.atomic.store16 offset=16 (i32.const 0) (local.get $n)) (i32.atomic.store8 offset=24 (i32.const 0) (local.get $n))
          (i64.atomic.store16 offset=20 (i32.const 0) (i64.extend_i32_u (local.get $n)))
          (i64.atomic.store8 offset=26 (i32.const 0) (i64.extend_i32_u (local.get $n)))
          (local.get $wrong)
          (i32.xor (local.get $n) (i32.atomic.load16_u offset=16 (i32.const 0)))
          (i32.xor (local.get $n) (i32.wrap_i64 (i64.atomic.load16_u offset=20 (i32.const 0))))
          (i32.xor (i32.and (local.get $n) (i32.const 0xff)) (i32.atomic.load8_u offset=24 (i32.const 0)))
          (i32.xor (i32.and (local.get $n) (i32.const 0xff)) (i32.wrap_i64 (i64.atomic.load8_u offset=26 (i32.const 0))))
          (i32.or) (i32.or) (i32.or) (i32.or) (local.set $wrong)
          (br_if $next (i32.gt_u (local.tee $n (i32.sub (local.get $n) (i32.const 1))) (i32.const 64000))))
        (drop (i32.atomic.rmw.add (i32.const 128) (i32.const 1)))
        (br_if $block (i32.eqz (i32.atomic.load (i32.const 64)))))
      (local.get $wrong)))
  (assert_return (invoke "run") (i32.const 0)))

(module
  (memory (import "mem" "memory") 1 1 shared)
  ;; Goes on until $Other was seen to get on forty times. The bits that were found changed.
  (func (export "run") (result i32) (local $n i32) (local $wrong i32) (local $last i32) (local $seen i32)
    (loop $block
      (local.set $n (i32.const 65000))
      (loop $next
        (i32.atomic.store16 offset=16 (i32.const 2) (local.get $n)) (i32.atomic.store8 offset=24 (i32.const 1) (local.get $n))
        (i64.atomic.store16 offset=20 (i32.const 2) (i64.extend_i32_u (local.get $n)))
        (i64.atomic.store8 offset=26 (i32.const 1) (i64.extend_i32_u (local.get $n)))
        (local.get $wrong)
        (i32.xor (local.get $n) (i32.atomic.load16_u offset=16 (i32.const 2)))
        (i32.xor (local.get $n) (i32.wrap_i64 (i64.atomic.load16_u offset=20 (i32.const 2))))
        (i32.xor (i32.and (local.get $n) (i32.const 0xff)) (i32.atomic.load8_u offset=24 (i32.const 1)))
        (i32.xor (i32.and (local.get $n) (i32.const 0xff)) (i32.wrap_i64 (i64.atomic.load8_u offset=26 (i32.const 1))))
        (i32.or) (i32.or) (i32.or) (i32.or) (local.set $wrong)
        (br_if $next (i32.gt_u (local.tee $n (i32.sub (local.get $n) (i32.const 1))) (i32.const 64000))))
      (local.set $seen (i32.add (local.get $seen)
        (i32.ne (local.get $last) (local.tee $last (i32.atomic.load (i32.const 128))))))
      (br_if $block (i32.lt_u (local.get $seen) (i32.const 40))))
    (i32.atomic.store (i32.const 64) (i32.const 1))
    (local.get $wrong)))
(assert_return (invoke "run") (i32.const 0))
(wait $Other)
