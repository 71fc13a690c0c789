;; title:    a load of 32 bits may see some bytes of an active segment: instantiation is memory.init
;; spec:     exec-instantiation
;; features: threads bulk-memory
;; threads:  3
;; litmus:   TEAR+segment
;; outcome:  1:r0/8

;; 0: x, which the module of the first thread begins with writing. The threads meet at 1024. The result is at 1028, -1 before.
(module $Mem (memory (export "memory") 1 1 shared)
  (data (i32.const 1028) "\ff\ff\ff\ff\ff\ff\ff\ff"))
(register "mem" $Mem)

(thread $T0 (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (data (i32.const 0) "\01\02\03\04")
    (func $thread (export "thread"))
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
      (i32.load (i32.const 0)))
    (func (export "run")
      (drop (i32.atomic.rmw.add (i32.const 1024) (i32.const 1)))
      (loop $until_all (br_if $until_all (i32.lt_u (i32.atomic.load (i32.const 1024)) (i32.const 2))))
      (i32.store (i32.const 1028) (call $thread))))
  (invoke "run"))

(wait $T0)
(wait $T1)
(module
  (memory (import "mem" "memory") 1 1 shared)
  (func (export "outcome") (result i64)
    (i64.load32_u (i32.const 1028))))
(assert_return (invoke "outcome")
  (either (i64.const 0x0) (i64.const 0x1) (i64.const 0x200) (i64.const 0x201) (i64.const 0x30000) (i64.const 0x30001)
    (i64.const 0x30200) (i64.const 0x30201) (i64.const 0x4000000) (i64.const 0x4000001) (i64.const 0x4000200)
    (i64.const 0x4000201) (i64.const 0x4030000) (i64.const 0x4030001) (i64.const 0x4030200) (i64.const 0x4030201)))
