;; title:    a load of 32 bits sees parts of no two stores of 32 bits
;; spec:     relaxed-consistent
;; features: threads
;; threads:  4
;; litmus:   TEAR+i32-2writers
;; outcome:  2:r0/7

;; 0: x. The threads meet at 1024. The result is at 1028, -1 before.
;; Written by tools/generate.
(module $Mem (memory (export "memory") 1 1 shared)
  (data (i32.const 1028) "\ff\ff\ff\ff"))
(register "mem" $Mem)

(module
  (memory (import "mem" "memory") 1 1 shared)
  (func $pre (export "pre")
    (i32.store offset=0 (i32.const 0) (i32.const 0x3030303))))
(invoke "pre")

(thread $T0 (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func $thread (export "thread")
      (i32.store offset=0 (i32.const 0) (i32.const 0x1010101)))
    (func (export "run")
      (drop (i32.atomic.rmw.add (i32.const 1024) (i32.const 1)))
      (loop $until_all (br_if $until_all (i32.lt_u (i32.atomic.load (i32.const 1024)) (i32.const 3))))
      (call $thread)))
  (invoke "run"))

(thread $T1 (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func $thread (export "thread")
      (i32.store offset=0 (i32.const 0) (i32.const 0x2020202)))
    (func (export "run")
      (drop (i32.atomic.rmw.add (i32.const 1024) (i32.const 1)))
      (loop $until_all (br_if $until_all (i32.lt_u (i32.atomic.load (i32.const 1024)) (i32.const 3))))
      (call $thread)))
  (invoke "run"))

(thread $T2 (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func $thread (export "thread") (result i32)
      (i32.load offset=0 (i32.const 0)))
    (func (export "run")
      (drop (i32.atomic.rmw.add (i32.const 1024) (i32.const 1)))
      (loop $until_all (br_if $until_all (i32.lt_u (i32.atomic.load (i32.const 1024)) (i32.const 3))))
      (i32.store (i32.const 1028) (call $thread))))
  (invoke "run"))

(wait $T0)
(wait $T1)
(wait $T2)
(module
  (memory (import "mem" "memory") 1 1 shared)
  (func $digits (param $value i64) (param $all_f i64) (result i64)
    (select (local.get $value) (local.get $all_f) (i64.lt_u (local.get $value) (local.get $all_f))))
  (func (export "outcome") (result i64)
    (call $digits (i64.extend_i32_s (i32.load (i32.const 1028))) (i64.const 0xfffffff))))
(assert_return (invoke "outcome") (either (i64.const 0x1010101) (i64.const 0x2020202) (i64.const 0x3030303)))
