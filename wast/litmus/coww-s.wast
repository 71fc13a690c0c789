;; title:    the second of a thread's two stores remains: atomic accesses
;; spec:     relaxed-consistent
;; features: threads
;; threads:  2
;; litmus:   CoWW+s
;; outcome:  M:x

;; 0: x.
;; Written by tools/generate.
(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)

(thread $T0 (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func $thread (export "thread")
      (i32.atomic.store offset=0 (i32.const 0) (i32.const 1))
      (i32.atomic.store offset=0 (i32.const 0) (i32.const 2)))
    (func (export "run")
      (call $thread)))
  (invoke "run"))

(wait $T0)
(module
  (memory (import "mem" "memory") 1 1 shared)
  (func $post (export "post") (result i32)
    (i32.load offset=0 (i32.const 0)))
  (func $digit (param $value i32) (result i64)
    (select (i64.extend_i32_u (local.get $value)) (i64.const 0xf) (i32.lt_u (local.get $value) (i32.const 0xf))))
  (func (export "outcome") (result i64) (local $x i32)
    (call $post) (local.set $x)
    (call $digit (local.get $x))))
(assert_return (invoke "outcome") (i64.const 0x2))
