;; title:    an update in a lock that is left by a plain store may be lost
;; spec:     relaxed-consistent
;; features: threads
;; threads:  3
;; litmus:   LOCK+plain-unlock
;; outcome:  0:r0 0:r1 1:r0 1:r1 M:y

;; 0: x; 16: y. The threads meet at 1024. Where 1028 is not 0, an assumption was false.
;; The results are at 1032 to 1044, -1 before.
;; Written by tools/generate.
(module $Mem (memory (export "memory") 1 1 shared)
  (data (i32.const 1032) "\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff"))
(register "mem" $Mem)

(thread $T0 (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (global $dropped (export "dropped") (mut i32) (i32.const 0))
    (func $thread (export "thread") (result i32 i32) (local $r0 i32) (local $r1 i32)
      (local.set $r0 (i32.atomic.rmw.cmpxchg offset=0 (i32.const 0) (i32.const 0) (i32.const 1)))
      (if (i32.ne (local.get $r0) (i32.const 0)) (then
        (global.set $dropped (i32.const 1)) (return (local.get $r0) (local.get $r1))))
      (local.set $r1 (i32.load offset=16 (i32.const 0)))
      (i32.store offset=16 (i32.const 0) (i32.add (local.get $r1) (i32.const 1)))
      (i32.store offset=0 (i32.const 0) (i32.const 0))
      (local.get $r0) (local.get $r1))
    (func (export "run") (local $r0 i32) (local $r1 i32)
      (drop (i32.atomic.rmw.add (i32.const 1024) (i32.const 1)))
      (loop $until_all (br_if $until_all (i32.lt_u (i32.atomic.load (i32.const 1024)) (i32.const 2))))
      (call $thread) (local.set $r1) (local.set $r0)
      (i32.store (i32.const 1032) (local.get $r0))
      (i32.store (i32.const 1036) (local.get $r1))
      (drop (i32.atomic.rmw.or (i32.const 1028) (global.get $dropped)))))
  (invoke "run"))

(thread $T1 (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (global $dropped (export "dropped") (mut i32) (i32.const 0))
    (func $thread (export "thread") (result i32 i32) (local $r0 i32) (local $r1 i32)
      (local.set $r0 (i32.atomic.rmw.cmpxchg offset=0 (i32.const 0) (i32.const 0) (i32.const 1)))
      (if (i32.ne (local.get $r0) (i32.const 0)) (then
        (global.set $dropped (i32.const 1)) (return (local.get $r0) (local.get $r1))))
      (local.set $r1 (i32.load offset=16 (i32.const 0)))
      (i32.store offset=16 (i32.const 0) (i32.add (local.get $r1) (i32.const 1)))
      (i32.store offset=0 (i32.const 0) (i32.const 0))
      (local.get $r0) (local.get $r1))
    (func (export "run") (local $r0 i32) (local $r1 i32)
      (drop (i32.atomic.rmw.add (i32.const 1024) (i32.const 1)))
      (loop $until_all (br_if $until_all (i32.lt_u (i32.atomic.load (i32.const 1024)) (i32.const 2))))
      (call $thread) (local.set $r1) (local.set $r0)
      (i32.store (i32.const 1040) (local.get $r0))
      (i32.store (i32.const 1044) (local.get $r1))
      (drop (i32.atomic.rmw.or (i32.const 1028) (global.get $dropped)))))
  (invoke "run"))

(wait $T0)
(wait $T1)
(module
  (memory (import "mem" "memory") 1 1 shared)
  (func $post (export "post") (result i32)
    (i32.load offset=16 (i32.const 0)))
  (func $digit (param $value i32) (result i64)
    (select (i64.extend_i32_u (local.get $value)) (i64.const 0xf) (i32.lt_u (local.get $value) (i32.const 0xf))))
  (func (export "outcome") (result i64) (local $y i32)
    (if (i32.load (i32.const 1028)) (then (return (i64.const -1))))
    (call $post) (local.set $y)
    (i64.or (i64.shl (call $digit (i32.load (i32.const 1032))) (i64.const 16))
      (i64.or (i64.shl (call $digit (i32.load (i32.const 1036))) (i64.const 12))
      (i64.or (i64.shl (call $digit (i32.load (i32.const 1040))) (i64.const 8))
      (i64.or (i64.shl (call $digit (i32.load (i32.const 1044))) (i64.const 4))
      (call $digit (local.get $y))))))))
(assert_return (invoke "outcome")
  (either (i64.const 0x00001) (i64.const 0x00011) (i64.const 0x00012) (i64.const 0x01001) (i64.const 0x01002)
    (i64.const -1)))
