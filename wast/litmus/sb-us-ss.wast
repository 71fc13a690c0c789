;; title:    two threads that each store and then load what the other stored may both miss it: plain, atomic | atomic, atomic
;; spec:     relaxed-consistent
;; features: threads
;; threads:  3
;; litmus:   SB+us-ss
;; outcome:  0:r0 1:r0

;; 0: x; 16: y. The threads meet at 1024. The results are at 1028 to 1032, -1 before.
;; Written by tools/generate.
(module $Mem (memory (export "memory") 1 1 shared)
  (data (i32.const 1028) "\ff\ff\ff\ff\ff\ff\ff\ff"))
(register "mem" $Mem)

(thread $T0 (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func $thread (export "thread") (result i32)
      (i32.store offset=0 (i32.const 0) (i32.const 1))
      (i32.atomic.load offset=16 (i32.const 0)))
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
      (i32.atomic.store offset=16 (i32.const 0) (i32.const 1))
      (i32.atomic.load offset=0 (i32.const 0)))
    (func (export "run")
      (drop (i32.atomic.rmw.add (i32.const 1024) (i32.const 1)))
      (loop $until_all (br_if $until_all (i32.lt_u (i32.atomic.load (i32.const 1024)) (i32.const 2))))
      (i32.store (i32.const 1032) (call $thread))))
  (invoke "run"))

(wait $T0)
(wait $T1)
(module
  (memory (import "mem" "memory") 1 1 shared)
  (func $digit (param $value i32) (result i64)
    (select (i64.extend_i32_u (local.get $value)) (i64.const 0xf) (i32.lt_u (local.get $value) (i32.const 0xf))))
  (func (export "outcome") (result i64)
    (i64.or (i64.shl (call $digit (i32.load (i32.const 1028))) (i64.const 4))
      (call $digit (i32.load (i32.const 1032))))))
(assert_return (invoke "outcome") (either (i64.const 0x00) (i64.const 0x01) (i64.const 0x10) (i64.const 0x11)))
