;; title:    three rmws see 0, 1 and 2, each once
;; spec:     relaxed-consistent
;; features: threads
;; threads:  4
;; litmus:   RMW+3add
;; outcome:  0:r0 1:r0 2:r0 M:x

;; 0: x. The threads meet at 1024. The results are at 1028 to 1036, -1 before.
;; Written by tools/generate.
(module $Mem (memory (export "memory") 1 1 shared)
  (data (i32.const 1028) "\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff"))
(register "mem" $Mem)

(thread $T0 (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func $thread (export "thread") (result i32)
      (i32.atomic.rmw.add offset=0 (i32.const 0) (i32.const 1)))
    (func (export "run")
      (drop (i32.atomic.rmw.add (i32.const 1024) (i32.const 1)))
      (loop $until_all (br_if $until_all (i32.lt_u (i32.atomic.load (i32.const 1024)) (i32.const 3))))
      (i32.store (i32.const 1028) (call $thread))))
  (invoke "run"))

(thread $T1 (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func $thread (export "thread") (result i32)
      (i32.atomic.rmw.add offset=0 (i32.const 0) (i32.const 1)))
    (func (export "run")
      (drop (i32.atomic.rmw.add (i32.const 1024) (i32.const 1)))
      (loop $until_all (br_if $until_all (i32.lt_u (i32.atomic.load (i32.const 1024)) (i32.const 3))))
      (i32.store (i32.const 1032) (call $thread))))
  (invoke "run"))

(thread $T2 (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func $thread (export "thread") (result i32)
      (i32.atomic.rmw.add offset=0 (i32.const 0) (i32.const 1)))
    (func (export "run")
      (drop (i32.atomic.rmw.add (i32.const 1024) (i32.const 1)))
      (loop $until_all (br_if $until_all (i32.lt_u (i32.atomic.load (i32.const 1024)) (i32.const 3))))
      (i32.store (i32.const 1036) (call $thread))))
  (invoke "run"))

(wait $T0)
(wait $T1)
(wait $T2)
(module
  (memory (import "mem" "memory") 1 1 shared)
  (func $post (export "post") (result i32)
    (i32.load offset=0 (i32.const 0)))
  (func $digit (param $value i32) (result i64)
    (select (i64.extend_i32_u (local.get $value)) (i64.const 0xf) (i32.lt_u (local.get $value) (i32.const 0xf))))
  (func (export "outcome") (result i64) (local $x i32)
    (call $post) (local.set $x)
    (i64.or (i64.shl (call $digit (i32.load (i32.const 1028))) (i64.const 12))
      (i64.or (i64.shl (call $digit (i32.load (i32.const 1032))) (i64.const 8))
      (i64.or (i64.shl (call $digit (i32.load (i32.const 1036))) (i64.const 4))
      (call $digit (local.get $x)))))))
(assert_return (invoke "outcome")
  (either (i64.const 0x0123) (i64.const 0x0213) (i64.const 0x1023) (i64.const 0x1203) (i64.const 0x2013)
    (i64.const 0x2103)))
