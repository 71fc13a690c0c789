;; title:    a store behind a load that saw the second of two stores comes after the first: atomic, atomic | atomic, plain
;; spec:     relaxed-consistent
;; features: threads
;; threads:  3
;; litmus:   S+ss-su
;; outcome:  1:r0 M:x

;; 0: x; 16: y. The threads meet at 1024. The result is at 1028, -1 before.
;; Written by tools/generate.
(module $Mem (memory (export "memory") 1 1 shared)
  (data (i32.const 1028) "\ff\ff\ff\ff"))
(register "mem" $Mem)

(thread $T0 (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func $thread (export "thread")
      (i32.atomic.store offset=0 (i32.const 0) (i32.const 2))
      (i32.atomic.store offset=16 (i32.const 0) (i32.const 1)))
    (func (export "run")
      (drop (i32.atomic.rmw.add (i32.const 1024) (i32.const 1)))
      (loop $until_all (br_if $until_all (i32.lt_u (i32.atomic.load (i32.const 1024)) (i32.const 2))))
      (call $thread)))
  (invoke "run"))

(thread $T1 (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func $thread (export "thread") (result i32)
      (i32.atomic.load offset=16 (i32.const 0))
      (i32.store offset=0 (i32.const 0) (i32.const 1)))
    (func (export "run")
      (drop (i32.atomic.rmw.add (i32.const 1024) (i32.const 1)))
      (loop $until_all (br_if $until_all (i32.lt_u (i32.atomic.load (i32.const 1024)) (i32.const 2))))
      (i32.store (i32.const 1028) (call $thread))))
  (invoke "run"))

(wait $T0)
(wait $T1)
(module
  (memory (import "mem" "memory") 1 1 shared)
  (func $post (export "post") (result i32)
    (i32.load offset=0 (i32.const 0)))
  (func $digit (param $value i32) (result i64)
    (select (i64.extend_i32_u (local.get $value)) (i64.const 0xf) (i32.lt_u (local.get $value) (i32.const 0xf))))
  (func (export "outcome") (result i64) (local $x i32)
    (call $post) (local.set $x)
    (i64.or (i64.shl (call $digit (i32.load (i32.const 1028))) (i64.const 4))
      (call $digit (local.get $x)))))
(assert_return (invoke "outcome") (either (i64.const 0x01) (i64.const 0x02) (i64.const 0x11)))
