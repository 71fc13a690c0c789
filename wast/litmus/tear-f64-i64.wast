;; title:    an atomic load may see part of an f64.store
;; spec:     relaxed-consistent
;; features: threads
;; threads:  3
;; litmus:   TEAR+f64-i64
;; outcome:  1:r0/9

;; 0: x. The threads meet at 1024. The result is at 1032, -1 before.
;; Written by tools/generate.
(module $Mem (memory (export "memory") 1 1 shared)
  (data (i32.const 1028) "\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff"))
(register "mem" $Mem)

(module
  (memory (import "mem" "memory") 1 1 shared)
  (func $pre (export "pre")
    (i64.store offset=0 (i32.const 0) (i64.const 0x100000001))))
(invoke "pre")

(thread $T0 (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func $thread (export "thread")
      (f64.store offset=0 (i32.const 0) (f64.reinterpret_i64 (i64.const 0x200000002))))
    (func (export "run")
      (drop (i32.atomic.rmw.add (i32.const 1024) (i32.const 1)))
      (loop $until_all (br_if $until_all (i32.lt_u (i32.atomic.load (i32.const 1024)) (i32.const 2))))
      (call $thread)))
  (invoke "run"))

(thread $T1 (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func $thread (export "thread") (result i64)
      (i64.atomic.load offset=0 (i32.const 0)))
    (func (export "run")
      (drop (i32.atomic.rmw.add (i32.const 1024) (i32.const 1)))
      (loop $until_all (br_if $until_all (i32.lt_u (i32.atomic.load (i32.const 1024)) (i32.const 2))))
      (i64.store (i32.const 1032) (call $thread))))
  (invoke "run"))

(wait $T0)
(wait $T1)
(module
  (memory (import "mem" "memory") 1 1 shared)
  (func $digits (param $value i64) (param $all_f i64) (result i64)
    (select (local.get $value) (local.get $all_f) (i64.lt_u (local.get $value) (local.get $all_f))))
  (func (export "outcome") (result i64)
    (call $digits (i64.load (i32.const 1032)) (i64.const 0xfffffffff))))
(assert_return (invoke "outcome")
  (either (i64.const 0x100000001) (i64.const 0x100000002) (i64.const 0x200000001) (i64.const 0x200000002)))
