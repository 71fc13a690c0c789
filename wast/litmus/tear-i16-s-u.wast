;; title:    a load of 16 bits sees all or nothing of a store of 16 bits: atomic | plain
;; spec:     relaxed-consistent
;; features: threads
;; threads:  3
;; litmus:   TEAR+i16+s-u
;; outcome:  1:r0/3

;; 0: x. The threads meet at 1024. The result is at 1028, -1 before.
;; Written by tools/generate.
(module $Mem (memory (export "memory") 1 1 shared)
  (data (i32.const 1028) "\ff\ff\ff\ff"))
(register "mem" $Mem)

(module
  (memory (import "mem" "memory") 1 1 shared)
  (func $pre (export "pre")
    (i32.store16 offset=0 (i32.const 0) (i32.const 0x101))))
(invoke "pre")

(thread $T0 (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func $thread (export "thread")
      (i32.atomic.store16 offset=0 (i32.const 0) (i32.const 0x202)))
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
      (i32.load16_u offset=0 (i32.const 0)))
    (func (export "run")
      (drop (i32.atomic.rmw.add (i32.const 1024) (i32.const 1)))
      (loop $until_all (br_if $until_all (i32.lt_u (i32.atomic.load (i32.const 1024)) (i32.const 2))))
      (i32.store (i32.const 1028) (call $thread))))
  (invoke "run"))

(wait $T0)
(wait $T1)
(module
  (memory (import "mem" "memory") 1 1 shared)
  (func $digits (param $value i64) (param $all_f i64) (result i64)
    (select (local.get $value) (local.get $all_f) (i64.lt_u (local.get $value) (local.get $all_f))))
  (func (export "outcome") (result i64)
    (call $digits (i64.extend_i32_s (i32.load (i32.const 1028))) (i64.const 0xfff))))
(assert_return (invoke "outcome") (either (i64.const 0x101) (i64.const 0x202)))
