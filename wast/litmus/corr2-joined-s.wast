;; title:    two plain loads behind two stores agree when their threads have ended: atomic accesses
;; spec:     relaxed-consistent
;; features: threads
;; threads:  3
;; litmus:   CoRR2+joined+s
;; outcome:  M:x M:y

;; 0: x. The threads meet at 1024.
;; Written by tools/generate.
(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)

(thread $T0 (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func $thread (export "thread")
      (i32.atomic.store offset=0 (i32.const 0) (i32.const 1)))
    (func (export "run")
      (drop (i32.atomic.rmw.add (i32.const 1024) (i32.const 1)))
      (loop $until_all (br_if $until_all (i32.lt_u (i32.atomic.load (i32.const 1024)) (i32.const 2))))
      (call $thread)))
  (invoke "run"))

(thread $T1 (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func $thread (export "thread")
      (i32.atomic.store offset=0 (i32.const 0) (i32.const 2)))
    (func (export "run")
      (drop (i32.atomic.rmw.add (i32.const 1024) (i32.const 1)))
      (loop $until_all (br_if $until_all (i32.lt_u (i32.atomic.load (i32.const 1024)) (i32.const 2))))
      (call $thread)))
  (invoke "run"))

(wait $T0)
(wait $T1)
(module
  (memory (import "mem" "memory") 1 1 shared)
  (func $post (export "post") (result i32 i32)
    (i32.load offset=0 (i32.const 0))
    (i32.load offset=0 (i32.const 0)))
  (func $digit (param $value i32) (result i64)
    (select (i64.extend_i32_u (local.get $value)) (i64.const 0xf) (i32.lt_u (local.get $value) (i32.const 0xf))))
  (func (export "outcome") (result i64) (local $x i32) (local $y i32)
    (call $post) (local.set $y) (local.set $x)
    (i64.or (i64.shl (call $digit (local.get $x)) (i64.const 4))
      (call $digit (local.get $y)))))
(assert_return (invoke "outcome") (either (i64.const 0x11) (i64.const 0x22)))
