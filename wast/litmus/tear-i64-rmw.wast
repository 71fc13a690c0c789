;; title:    an rmw of 64 bits is seen as a whole by an atomic load
;; spec:     relaxed-consistent
;; features: threads simd
;; threads:  3
;; litmus:   TEAR+i64-rmw
;; outcome:  0:r0/9 1:r0/16

;; 0: x. The threads meet at 1024. The results are at 1032 to 1040, -1 before.
;; Written by tools/generate.
(module $Mem (memory (export "memory") 1 1 shared)
  (data (i32.const 1028) "\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff"))
(register "mem" $Mem)

(module
  (memory (import "mem" "memory") 1 1 shared)
  (func $pre (export "pre")
    (i64.store offset=0 (i32.const 0) (i64.const 0x100000001))))
(invoke "pre")

(thread $T0 (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func $thread (export "thread") (result i64)
      (i64.atomic.rmw.xchg offset=0 (i32.const 0) (i64.const 0x200000002)))
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
      (i64.atomic.load offset=0 (i32.const 0)))
    (func (export "run")
      (drop (i32.atomic.rmw.add (i32.const 1024) (i32.const 1)))
      (loop $until_all (br_if $until_all (i32.lt_u (i32.atomic.load (i32.const 1024)) (i32.const 2))))
      (i64.store (i32.const 1040) (call $thread))))
  (invoke "run"))

(wait $T0)
(wait $T1)
(module
  (memory (import "mem" "memory") 1 1 shared)
  (func $digits (param $value i64) (param $all_f i64) (result i64)
    (select (local.get $value) (local.get $all_f) (i64.lt_u (local.get $value) (local.get $all_f))))
  (func (export "outcome") (result v128)
    (i64x2.replace_lane 1 (i64x2.splat
      (call $digits (i64.load (i32.const 1040)) (i64.const 0xffffffffffffffff)))
      (call $digits (i64.load (i32.const 1032)) (i64.const 0xfffffffff)))))
(assert_return (invoke "outcome")
  (either (v128.const i64x2 0x0000000100000001 0x100000001) (v128.const i64x2 0x0000000200000002 0x100000001)))
