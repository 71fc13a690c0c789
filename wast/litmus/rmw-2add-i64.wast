;; title:    of two rmws of 64 bits one sees the other, and both halves count
;; spec:     relaxed-consistent
;; features: threads simd
;; threads:  3
;; litmus:   RMW+2add-i64
;; outcome:  0:r0/9 1:r0/14 M:x M:y

;; 0: x. The threads meet at 1024. The results are at 1032 to 1040, -1 before.
;; Written by tools/generate.
(module $Mem (memory (export "memory") 1 1 shared)
  (data (i32.const 1028) "\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff"))
(register "mem" $Mem)

(thread $T0 (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func $thread (export "thread") (result i64)
      (i64.atomic.rmw.add offset=0 (i32.const 0) (i64.const 0x100000001)))
    (func (export "run")
      (drop (i32.atomic.rmw.add (i32.const 1024) (i32.const 1)))
      (loop $until_all (br_if $until_all (i32.lt_u (i32.atomic.load (i32.const 1024)) (i32.const 2))))
      (i64.store (i32.const 1032) (call $thread))))
  (invoke "run"))

(thread $T1 (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func $thread (export "thread") (result i64)
      (i64.atomic.rmw.add offset=0 (i32.const 0) (i64.const 0x100000001)))
    (func (export "run")
      (drop (i32.atomic.rmw.add (i32.const 1024) (i32.const 1)))
      (loop $until_all (br_if $until_all (i32.lt_u (i32.atomic.load (i32.const 1024)) (i32.const 2))))
      (i64.store (i32.const 1040) (call $thread))))
  (invoke "run"))

(wait $T0)
(wait $T1)
(module
  (memory (import "mem" "memory") 1 1 shared)
  (func $post (export "post") (result i32 i32)
    (i32.load offset=0 (i32.const 0))
    (i32.load offset=4 (i32.const 0)))
  (func $digit (param $value i32) (result i64)
    (select (i64.extend_i32_u (local.get $value)) (i64.const 0xf) (i32.lt_u (local.get $value) (i32.const 0xf))))
  (func $digits (param $value i64) (param $all_f i64) (result i64)
    (select (local.get $value) (local.get $all_f) (i64.lt_u (local.get $value) (local.get $all_f))))
  (func (export "outcome") (result v128) (local $x i32) (local $y i32)
    (call $post) (local.set $y) (local.set $x)
    (i64x2.replace_lane 1 (i64x2.splat
      (i64.or (i64.shl (call $digits (i64.load (i32.const 1040)) (i64.const 0xffffffffffffff)) (i64.const 8))
      (i64.or (i64.shl (call $digit (local.get $x)) (i64.const 4))
      (call $digit (local.get $y)))))
      (call $digits (i64.load (i32.const 1032)) (i64.const 0xfffffffff)))))
(assert_return (invoke "outcome")
  (either (v128.const i64x2 0x0000000000000022 0x100000001) (v128.const i64x2 0x0000010000000122 0x000000000)))
