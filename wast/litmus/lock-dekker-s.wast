;; title:    one of two threads passes the other's flag at most: atomic accesses
;; spec:     relaxed-consistent
;; features: threads
;; threads:  3
;; litmus:   LOCK+Dekker+s
;; outcome:  0:r0 0:r1? 1:r0 1:r1? M:z

;; 0: x; 16: y; 32: z. The threads meet at 1024. The results are at 1028 to 1040, -1 before.
;; Written by tools/generate.
(module $Mem (memory (export "memory") 1 1 shared)
  (data (i32.const 1028) "\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff"))
(register "mem" $Mem)

(thread $T0 (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (global $r0 (export "r0") (mut i32) (i32.const -1))
    (global $r1 (export "r1") (mut i32) (i32.const -1))
    (func $thread (export "thread")
      (i32.atomic.store offset=0 (i32.const 0) (i32.const 1))
      (global.set $r0 (i32.atomic.load offset=16 (i32.const 0)))
      (if (i32.eq (global.get $r0) (i32.const 0)) (then
        (global.set $r1 (i32.load offset=32 (i32.const 0)))
        (i32.store offset=32 (i32.const 0) (i32.add (global.get $r1) (i32.const 1))))))
    (func (export "run")
      (drop (i32.atomic.rmw.add (i32.const 1024) (i32.const 1)))
      (loop $until_all (br_if $until_all (i32.lt_u (i32.atomic.load (i32.const 1024)) (i32.const 2))))
      (call $thread)
      (i32.store (i32.const 1028) (global.get $r0))
      (i32.store (i32.const 1032) (global.get $r1))))
  (invoke "run"))

(thread $T1 (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (global $r0 (export "r0") (mut i32) (i32.const -1))
    (global $r1 (export "r1") (mut i32) (i32.const -1))
    (func $thread (export "thread")
      (i32.atomic.store offset=16 (i32.const 0) (i32.const 1))
      (global.set $r0 (i32.atomic.load offset=0 (i32.const 0)))
      (if (i32.eq (global.get $r0) (i32.const 0)) (then
        (global.set $r1 (i32.load offset=32 (i32.const 0)))
        (i32.store offset=32 (i32.const 0) (i32.add (global.get $r1) (i32.const 1))))))
    (func (export "run")
      (drop (i32.atomic.rmw.add (i32.const 1024) (i32.const 1)))
      (loop $until_all (br_if $until_all (i32.lt_u (i32.atomic.load (i32.const 1024)) (i32.const 2))))
      (call $thread)
      (i32.store (i32.const 1036) (global.get $r0))
      (i32.store (i32.const 1040) (global.get $r1))))
  (invoke "run"))

(wait $T0)
(wait $T1)
(module
  (memory (import "mem" "memory") 1 1 shared)
  (func $post (export "post") (result i32)
    (i32.load offset=32 (i32.const 0)))
  (func $digit (param $value i32) (result i64)
    (select (i64.extend_i32_u (local.get $value)) (i64.const 0xf) (i32.lt_u (local.get $value) (i32.const 0xf))))
  (func (export "outcome") (result i64) (local $z i32)
    (call $post) (local.set $z)
    (i64.or (i64.shl (call $digit (i32.load (i32.const 1028))) (i64.const 16))
      (i64.or (i64.shl (call $digit (i32.load (i32.const 1032))) (i64.const 12))
      (i64.or (i64.shl (call $digit (i32.load (i32.const 1036))) (i64.const 8))
      (i64.or (i64.shl (call $digit (i32.load (i32.const 1040))) (i64.const 4))
      (call $digit (local.get $z))))))))
(assert_return (invoke "outcome") (either (i64.const 0x001f1) (i64.const 0x1f001) (i64.const 0x1f1f0)))
