;; title:    two threads that each see a store do not both have their own lost to the one that the other saw: atomic accesses
;; spec:     relaxed-consistent
;; features: threads
;; threads:  5
;; litmus:   IRWIW+s
;; outcome:  1:r0 3:r0 M:x M:y

;; 0: x; 16: y. The threads meet at 1024. The results are at 1028 to 1032, -1 before.
;; Written by tools/generate.
(module $Mem (memory (export "memory") 1 1 shared)
  (data (i32.const 1028) "\ff\ff\ff\ff\ff\ff\ff\ff"))
(register "mem" $Mem)

(thread $T0 (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func $thread (export "thread")
      (i32.atomic.store offset=0 (i32.const 0) (i32.const 2)))
    (func (export "run")
      (drop (i32.atomic.rmw.add (i32.const 1024) (i32.const 1)))
      (loop $until_all (br_if $until_all (i32.lt_u (i32.atomic.load (i32.const 1024)) (i32.const 4))))
      (call $thread)))
  (invoke "run"))

(thread $T1 (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func $thread (export "thread") (result i32)
      (i32.atomic.load offset=0 (i32.const 0))
      (i32.atomic.store offset=16 (i32.const 0) (i32.const 1)))
    (func (export "run")
      (drop (i32.atomic.rmw.add (i32.const 1024) (i32.const 1)))
      (loop $until_all (br_if $until_all (i32.lt_u (i32.atomic.load (i32.const 1024)) (i32.const 4))))
      (i32.store (i32.const 1028) (call $thread))))
  (invoke "run"))

(thread $T2 (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func $thread (export "thread")
      (i32.atomic.store offset=16 (i32.const 0) (i32.const 2)))
    (func (export "run")
      (drop (i32.atomic.rmw.add (i32.const 1024) (i32.const 1)))
      (loop $until_all (br_if $until_all (i32.lt_u (i32.atomic.load (i32.const 1024)) (i32.const 4))))
      (call $thread)))
  (invoke "run"))

(thread $T3 (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func $thread (export "thread") (result i32)
      (i32.atomic.load offset=16 (i32.const 0))
      (i32.atomic.store offset=0 (i32.const 0) (i32.const 1)))
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
  (func $post (export "post") (result i32 i32)
    (i32.load offset=0 (i32.const 0))
    (i32.load offset=16 (i32.const 0)))
  (func $digit (param $value i32) (result i64)
    (select (i64.extend_i32_u (local.get $value)) (i64.const 0xf) (i32.lt_u (local.get $value) (i32.const 0xf))))
  (func (export "outcome") (result i64) (local $x i32) (local $y i32)
    (call $post) (local.set $y) (local.set $x)
    (i64.or (i64.shl (call $digit (i32.load (i32.const 1028))) (i64.const 12))
      (i64.or (i64.shl (call $digit (i32.load (i32.const 1032))) (i64.const 8))
      (i64.or (i64.shl (call $digit (local.get $x)) (i64.const 4))
      (call $digit (local.get $y)))))))
(assert_return (invoke "outcome")
  (either (i64.const 0x0011) (i64.const 0x0012) (i64.const 0x0021) (i64.const 0x0022) (i64.const 0x0111)
    (i64.const 0x0112) (i64.const 0x0121) (i64.const 0x0122) (i64.const 0x0211) (i64.const 0x0212) (i64.const 0x0221)
    (i64.const 0x0222) (i64.const 0x1011) (i64.const 0x1012) (i64.const 0x1021) (i64.const 0x1022) (i64.const 0x1211)
    (i64.const 0x1221) (i64.const 0x2011) (i64.const 0x2012) (i64.const 0x2021) (i64.const 0x2022) (i64.const 0x2111)
    (i64.const 0x2112) (i64.const 0x2211) (i64.const 0x2212) (i64.const 0x2221)))
