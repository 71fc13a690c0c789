;; title:    two threads that copy from each other may copy a number out of thin air: plain accesses
;; spec:     relaxed-consistent
;; features: threads
;; threads:  3
;; litmus:   LB+copy+u
;; outcome:  0:r0/2 1:r0/2

;; 0: x; 16: y; 32: z. The threads meet at 1024. The results are at 1028 to 1032, -1 before.
;; Written by tools/generate.
(module $Mem (memory (export "memory") 1 1 shared)
  (data (i32.const 1028) "\ff\ff\ff\ff\ff\ff\ff\ff"))
(register "mem" $Mem)

(thread $T0 (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func $thread (export "thread") (result i32) (local $r0 i32)
      (local.set $r0 (i32.load offset=0 (i32.const 0)))
      (i32.store offset=16 (i32.const 0) (local.get $r0))
      (local.get $r0))
    (func (export "run")
      (drop (i32.atomic.rmw.add (i32.const 1024) (i32.const 1)))
      (loop $until_all (br_if $until_all (i32.lt_u (i32.atomic.load (i32.const 1024)) (i32.const 2))))
      (i32.store (i32.const 1028) (call $thread))))
  (invoke "run"))

(thread $T1 (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func $thread (export "thread") (result i32) (local $r0 i32)
      (local.set $r0 (i32.load offset=16 (i32.const 0)))
      (i32.store offset=0 (i32.const 0) (local.get $r0))
      (if (i32.ne (i32.const 0) (i32.const 0)) (then
        (i32.store offset=32 (i32.const 0) (i32.const 42))))
      (local.get $r0))
    (func (export "run")
      (drop (i32.atomic.rmw.add (i32.const 1024) (i32.const 1)))
      (loop $until_all (br_if $until_all (i32.lt_u (i32.atomic.load (i32.const 1024)) (i32.const 2))))
      (i32.store (i32.const 1032) (call $thread))))
  (invoke "run"))

(wait $T0)
(wait $T1)
(module
  (memory (import "mem" "memory") 1 1 shared)
  (func $digits (param $value i64) (param $all_f i64) (result i64)
    (select (local.get $value) (local.get $all_f) (i64.lt_u (local.get $value) (local.get $all_f))))
  (func (export "outcome") (result i64)
    (i64.or (i64.shl (call $digits (i64.extend_i32_s (i32.load (i32.const 1028))) (i64.const 0xff)) (i64.const 8))
      (call $digits (i64.extend_i32_s (i32.load (i32.const 1032))) (i64.const 0xff)))))
(assert_return (invoke "outcome") (either (i64.const 0x0000) (i64.const 0x2a2a)))
