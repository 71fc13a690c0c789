;; title:    stores to neighbouring cells do not disturb each other: atomic accesses
;; spec:     relaxed-consistent
;; features: threads
;; threads:  4
;; litmus:   MIX+neighbours+s
;; outcome:  M:x/5

;; 0: x. The threads meet at 1024.
;; Written by tools/generate.
(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)

(thread $T0 (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func $thread (export "thread")
      (i32.atomic.store8 offset=0 (i32.const 0) (i32.const 1)))
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
      (i32.atomic.store8 offset=1 (i32.const 0) (i32.const 2)))
    (func (export "run")
      (drop (i32.atomic.rmw.add (i32.const 1024) (i32.const 1)))
      (loop $until_all (br_if $until_all (i32.lt_u (i32.atomic.load (i32.const 1024)) (i32.const 3))))
      (call $thread)))
  (invoke "run"))

(thread $T2 (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func $thread (export "thread")
      (i32.atomic.store16 offset=2 (i32.const 0) (i32.const 3)))
    (func (export "run")
      (drop (i32.atomic.rmw.add (i32.const 1024) (i32.const 1)))
      (loop $until_all (br_if $until_all (i32.lt_u (i32.atomic.load (i32.const 1024)) (i32.const 3))))
      (call $thread)))
  (invoke "run"))

(wait $T0)
(wait $T1)
(wait $T2)
(module
  (memory (import "mem" "memory") 1 1 shared)
  (func $post (export "post") (result i32)
    (i32.load offset=0 (i32.const 0)))
  (func $digits (param $value i64) (param $all_f i64) (result i64)
    (select (local.get $value) (local.get $all_f) (i64.lt_u (local.get $value) (local.get $all_f))))
  (func (export "outcome") (result i64) (local $x i32)
    (call $post) (local.set $x)
    (call $digits (i64.extend_i32_s (local.get $x)) (i64.const 0xfffff))))
(assert_return (invoke "outcome") (i64.const 0x30201))
