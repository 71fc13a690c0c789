;; title:    who finds a plain flag instead of waiting may miss what was stored before
;; spec:     relaxed-consistent
;; features: threads
;; threads:  3
;; needs:    wait
;; litmus:   WN+MP-plain-flag
;; outcome:  0:r0 0:r1 1:r0

;; 0: x; 16: y. The threads meet at 1024. The results are at 1028 to 1036, -1 before.
;; Written by tools/generate.
(module $Mem (memory (export "memory") 1 1 shared)
  (data (i32.const 1028) "\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff"))
(register "mem" $Mem)

(thread $T0 (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func $thread (export "thread") (result i32 i32)
      (memory.atomic.wait32 offset=0 (i32.const 0) (i32.const 0) (i64.const -1))
      (i32.load offset=16 (i32.const 0)))
    (func (export "run") (local $r0 i32) (local $r1 i32)
      (drop (i32.atomic.rmw.add (i32.const 1024) (i32.const 1)))
      (loop $until_all (br_if $until_all (i32.lt_u (i32.atomic.load (i32.const 1024)) (i32.const 2))))
      (call $thread) (local.set $r1) (local.set $r0)
      (i32.store (i32.const 1028) (local.get $r0))
      (i32.store (i32.const 1032) (local.get $r1))))
  (invoke "run"))

(thread $T1 (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func $thread (export "thread") (result i32)
      (i32.store offset=16 (i32.const 0) (i32.const 1))
      (i32.store offset=0 (i32.const 0) (i32.const 1))
      (memory.atomic.notify offset=0 (i32.const 0) (i32.const 1)))
    (func (export "run")
      (drop (i32.atomic.rmw.add (i32.const 1024) (i32.const 1)))
      (loop $until_all (br_if $until_all (i32.lt_u (i32.atomic.load (i32.const 1024)) (i32.const 2))))
      (i32.store (i32.const 1036) (call $thread))))
  (invoke "run"))

(wait $T0)
(wait $T1)
(module
  (memory (import "mem" "memory") 1 1 shared)
  (func $digit (param $value i32) (result i64)
    (select (i64.extend_i32_u (local.get $value)) (i64.const 0xf) (i32.lt_u (local.get $value) (i32.const 0xf))))
  (func (export "outcome") (result i64)
    (i64.or (i64.shl (call $digit (i32.load (i32.const 1028))) (i64.const 8))
      (i64.or (i64.shl (call $digit (i32.load (i32.const 1032))) (i64.const 4))
      (call $digit (i32.load (i32.const 1036)))))))
(assert_return (invoke "outcome") (either (i64.const 0x011) (i64.const 0x100) (i64.const 0x110)))
