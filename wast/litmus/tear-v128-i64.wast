;; title:    two atomic loads may see half of a v128.store
;; spec:     relaxed-consistent
;; features: threads simd
;; threads:  3
;; litmus:   TEAR+v128-i64
;; outcome:  1:r0 1:r1

;; 0: x. The threads meet at 1024. The results are at 1032 to 1040, -1 before.
;; Written by tools/generate.
(module $Mem (memory (export "memory") 1 1 shared)
  (data (i32.const 1028) "\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff"))
(register "mem" $Mem)

(module
  (memory (import "mem" "memory") 1 1 shared)
  (func $pre (export "pre")
    (v128.store offset=0 (i32.const 0) (v128.const i64x2 0x1 0x1))))
(invoke "pre")

(thread $T0 (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func $thread (export "thread")
      (v128.store offset=0 (i32.const 0) (v128.const i64x2 0x2 0x2)))
    (func (export "run")
      (drop (i32.atomic.rmw.add (i32.const 1024) (i32.const 1)))
      (loop $until_all (br_if $until_all (i32.lt_u (i32.atomic.load (i32.const 1024)) (i32.const 2))))
      (call $thread)))
  (invoke "run"))

(thread $T1 (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func $thread (export "thread") (result i64 i64)
      (i64.atomic.load offset=0 (i32.const 0))
      (i64.atomic.load offset=8 (i32.const 0)))
    (func (export "run") (local $r0 i64) (local $r1 i64)
      (drop (i32.atomic.rmw.add (i32.const 1024) (i32.const 1)))
      (loop $until_all (br_if $until_all (i32.lt_u (i32.atomic.load (i32.const 1024)) (i32.const 2))))
      (call $thread) (local.set $r1) (local.set $r0)
      (i64.store (i32.const 1032) (local.get $r0))
      (i64.store (i32.const 1040) (local.get $r1))))
  (invoke "run"))

(wait $T0)
(wait $T1)
(module
  (memory (import "mem" "memory") 1 1 shared)
  (func $digits (param $value i64) (param $all_f i64) (result i64)
    (select (local.get $value) (local.get $all_f) (i64.lt_u (local.get $value) (local.get $all_f))))
  (func (export "outcome") (result i64)
    (i64.or (i64.shl (call $digits (i64.load (i32.const 1032)) (i64.const 0xf)) (i64.const 4))
      (call $digits (i64.load (i32.const 1040)) (i64.const 0xf)))))
(assert_return (invoke "outcome") (either (i64.const 0x11) (i64.const 0x12) (i64.const 0x21) (i64.const 0x22)))
