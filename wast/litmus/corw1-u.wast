;; title:    a load does not see what its own thread stores afterwards: plain accesses
;; spec:     relaxed-consistent
;; features: threads
;; threads:  2
;; litmus:   CoRW1+u
;; outcome:  0:r0

;; 0: x. The result is at 1028, -1 before.
;; Written by tools/generate.
(module $Mem (memory (export "memory") 1 1 shared)
  (data (i32.const 1028) "\ff\ff\ff\ff"))
(register "mem" $Mem)

(thread $T0 (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func $thread (export "thread") (result i32)
      (i32.load offset=0 (i32.const 0))
      (i32.store offset=0 (i32.const 0) (i32.const 1)))
    (func (export "run")
      (i32.store (i32.const 1028) (call $thread))))
  (invoke "run"))

(wait $T0)
(module
  (memory (import "mem" "memory") 1 1 shared)
  (func $digit (param $value i32) (result i64)
    (select (i64.extend_i32_u (local.get $value)) (i64.const 0xf) (i32.lt_u (local.get $value) (i32.const 0xf))))
  (func (export "outcome") (result i64)
    (call $digit (i32.load (i32.const 1028)))))
(assert_return (invoke "outcome") (i64.const 0x0))
