;; title:    plain stores of two threads to neighbouring cells do not disturb each other
;; spec:     relaxed-consistent
;; features: threads
;; threads:  2
;; why:      wasmtime #5884, wasmtime #5919

;; Within three words of 64 bits each thread has one cell and the other the one beside it, of 8, 16 or 32 bits, and finds what
;; it wrote. A store that reads and writes the whole word would undo the other's.
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
          (i32.store8 (i32.const 1024) (i32.wrap_i64 (local.get $v))) (i64.store8 (i32.const 1026) (local.get $v))
          (i32.store16 (i32.const 1028) (i32.wrap_i64 (local.get $v))) (i64.store32 (i32.const 1032) (local.get $v))
          (i32.store (i32.const 1040) (i32.wrap_i64 (local.get $v)))
          (local.get $wrong)
          (i64.and (i64.const 0x0000ffff00ff00ff) (i64.xor (local.get $v) (i64.load (i32.const 1024)))) (i64.or)
          (i64.and (i64.const 0xffffffff) (i64.xor (local.get $v) (i64.load32_u (i32.const 1032)))) (i64.or)
          (i64.and (i64.const 0xffffffff) (i64.xor (local.get $v) (i64.load32_u (i32.const 1040)))) (i64.or)
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
        (i32.store8 (i32.const 1025) (i32.wrap_i64 (local.get $v))) (i64.store8 (i32.const 1027) (local.get $v))
        (i32.store16 (i32.const 1030) (i32.wrap_i64 (local.get $v))) (i64.store32 (i32.const 1036) (local.get $v))
        (i32.store (i32.const 1044) (i32.wrap_i64 (local.get $v)))
        (local.get $wrong)
        (i64.and (i64.const 0xffff0000ff00ff00) (i64.xor (local.get $v) (i64.load (i32.const 1024)))) (i64.or)
        (i64.and (i64.const 0xffffffff) (i64.xor (local.get $v) (i64.load32_u (i32.const 1036)))) (i64.or)
        (i64.and (i64.const 0xffffffff) (i64.xor (local.get $v) (i64.load32_u (i32.const 1044)))) (i64.or)
        (local.set $wrong)
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
      (local.set $seen (i32.add (local.get $seen)
        (i32.ne (local.get $last) (local.tee $last (i32.atomic.load (i32.const 128))))))
      (br_if $block (i32.lt_u (local.get $seen) (i32.const 40))))
    (i32.atomic.store (i32.const 64) (i32.const 1))
    (local.get $wrong)))

(assert_return (invoke "run") (i64.const 0))
(wait $Other)
