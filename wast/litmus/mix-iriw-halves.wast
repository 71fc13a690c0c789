;; title:    two wide atomic loads may disagree on the order of two narrow atomic stores
;; spec:     relaxed-consistent
;; features: threads
;; threads:  5
;; litmus:   MIX+IRIW-halves
;; outcome:  2:r0/5 3:r0/5

;; 0: x. The threads meet at 1024. The results are at 1028 to 1032, -1 before.
;; Written by tools/generate.
(module $Mem (memory (export "memory") 1 1 shared)
  (data (i32.const 1028) "\ff\ff\ff\ff\ff\ff\ff\ff"))
(register "mem" $Mem)

(thread $T0 (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func $thread (export "thread")
      (i32.atomic.store16 offset=0 (i32.const 0) (i32.const 1)))
    (func (export "run")
      (drop (i32.atomic.rmw.add (i32.const 1024) (i32.const 1)))
      (loop $until_all (br_if $until_all (i32.lt_u (i32.atomic.load (i32.const 1024)) (i32.const 4))))
      (call $thread)))
  (invoke "run"))

(thread $T1 (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func $thread (export "thread")
      (i32.atomic.store16 offset=2 (i32.const 0) (i32.const 1)))
    (func (export "run")
      (drop (i32.atomic.rmw.add (i32.const 1024) (i32.const 1)))
      (loop $until_all (br_if $until_all (i32.lt_u (i32.atomic.load (i32.const 1024)) (i32.const 4))))
      (call $thread)))
  (invoke "run"))

(thread $T2 (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func $thread (export "thread") (result i32)
      (i32.atomic.load offset=0 (i32.const 0)))
    (func (export "run")
      (drop (i32.atomic.rmw.add (i32.const 1024) (i32.const 1)))
      (loop $until_all (br_if $until_all (i32.lt_u (i32.atomic.load (i32.const 1024)) (i32.const 4))))
      (i32.store (i32.const 1028) (call $thread))))
  (invoke "run"))

(thread $T3 (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func $thread (export "thread") (result i32)
      (i32.atomic.load offset=0 (i32.const 0)))
    (func (export "run")
      (drop (i32.atomic.rmw.add (i32.const 1024) (i32.const 1)))
      (loop $until_all (br_if $until_all (i32.lt_u (i32.atomic.load (i32.const 1024)) (i32.const 4))))
      (i32.store (i32.const 1032) (call $thread))))
  (invoke "run"))

(wait $T0)
(wait $T1)
(wait $T2)
(wait $T3)
(module
  (memory (import "mem" "memory") 1 1 shared)
  (func $digits (param $value i64) (param $all_f i64) (result i64)
    (select (local.get $value) (local.get $all_f) (i64.lt_u (local.get $value) (local.get $all_f))))
  (func (export "outcome") (result i64)
    (i64.or (i64.shl (call $digits (i64.extend_i32_s (i32.load (i32.const 1028))) (i64.const 0xfffff)) (i64.const 20))
      (call $digits (i64.extend_i32_s (i32.load (i32.const 1032))) (i64.const 0xfffff)))))
(assert_return (invoke "outcome")
  (either (i64.const 0x0000000000) (i64.const 0x0000000001) (i64.const 0x0000010000) (i64.const 0x0000010001)
    (i64.const 0x0000100000) (i64.const 0x0000100001) (i64.const 0x0000110000) (i64.const 0x0000110001)
    (i64.const 0x1000000000) (i64.const 0x1000000001) (i64.const 0x1000010000) (i64.const 0x1000010001)
    (i64.const 0x1000100000) (i64.const 0x1000100001) (i64.const 0x1000110000) (i64.const 0x1000110001)))
