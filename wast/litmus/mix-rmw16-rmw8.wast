;; title:    of an rmw of a byte and one of its cell one may be lost
;; spec:     relaxed-consistent
;; features: threads
;; threads:  3
;; litmus:   MIX+rmw16-rmw8
;; outcome:  0:r0/3 1:r0 M:x/3

;; 0: x. The threads meet at 1024. The results are at 1028 to 1032, -1 before.
;; Written by tools/generate.
(module $Mem (memory (export "memory") 1 1 shared)
  (data (i32.const 1028) "\ff\ff\ff\ff\ff\ff\ff\ff"))
(register "mem" $Mem)

(thread $T0 (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func $thread (export "thread") (result i32)
      (i32.atomic.rmw16.add_u offset=0 (i32.const 0) (i32.const 1)))
    (func (export "run")
      (drop (i32.atomic.rmw.add (i32.const 1024) (i32.const 1)))
      (loop $until_all (br_if $until_all (i32.lt_u (i32.atomic.load (i32.const 1024)) (i32.const 2))))
      (i32.store (i32.const 1028) (call $thread))))
  (invoke "run"))

(thread $T1 (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func $thread (export "thread") (result i32)
      (i32.atomic.rmw8.add_u offset=1 (i32.const 0) (i32.const 1)))
    (func (export "run")
      (drop (i32.atomic.rmw.add (i32.const 1024) (i32.const 1)))
      (loop $until_all (br_if $until_all (i32.lt_u (i32.atomic.load (i32.const 1024)) (i32.const 2))))
      (i32.store (i32.const 1032) (call $thread))))
  (invoke "run"))

(wait $T0)
(wait $T1)
(module
  (memory (import "mem" "memory") 1 1 shared)
  (func $post (export "post") (result i32)
    (i32.load16_u offset=0 (i32.const 0)))
  (func $digit (param $value i32) (result i64)
    (select (i64.extend_i32_u (local.get $value)) (i64.const 0xf) (i32.lt_u (local.get $value) (i32.const 0xf))))
  (func $digits (param $value i64) (param $all_f i64) (result i64)
    (select (local.get $value) (local.get $all_f) (i64.lt_u (local.get $value) (local.get $all_f))))
  (func (export "outcome") (result i64) (local $x i32)
    (call $post) (local.set $x)
    (i64.or (i64.shl (call $digits (i64.extend_i32_s (i32.load (i32.const 1028))) (i64.const 0xfff)) (i64.const 16))
      (i64.or (i64.shl (call $digit (i32.load (i32.const 1032))) (i64.const 12))
      (call $digits (i64.extend_i32_s (local.get $x)) (i64.const 0xfff))))))
(assert_return (invoke "outcome") (either (i64.const 0x0000001) (i64.const 0x0000101) (i64.const 0x1000101)))
