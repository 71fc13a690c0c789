;; title:    who reads an atomic flag sees all bytes of the memory.fill before it
;; spec:     relaxed-consistent
;; features: threads bulk-memory
;; threads:  3
;; litmus:   MP+fill
;; outcome:  1:r0/1 1:r1/8

;; 0: x; 16: the flag. The threads meet at 1024. The results are at 1028 and
;; 1032, -1 before.
(module $Mem (memory (export "memory") 1 1 shared)
  (data (i32.const 1028) "\ff\ff\ff\ff\ff\ff\ff\ff"))
(register "mem" $Mem)

(thread $T0 (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func $thread (export "thread")
      (memory.fill (i32.const 0) (i32.const 7) (i32.const 4))
      (i32.atomic.store (i32.const 16) (i32.const 1)))
    (func (export "run")
      (drop (i32.atomic.rmw.add (i32.const 1024) (i32.const 1)))
      (loop $until_all (br_if $until_all (i32.lt_u (i32.atomic.load (i32.const 1024)) (i32.const 2))))
      (call $thread)))
  (invoke "run"))

(thread $T1 (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func $thread (export "thread") (result i32 i32)
      (i32.atomic.load (i32.const 16))
      (i32.load (i32.const 0)))
    (func (export "run")
      (local $r0 i32) (local $r1 i32)
      (drop (i32.atomic.rmw.add (i32.const 1024) (i32.const 1)))
      (loop $until_all (br_if $until_all (i32.lt_u (i32.atomic.load (i32.const 1024)) (i32.const 2))))
      (call $thread) (local.set $r1) (local.set $r0)
      (i32.store (i32.const 1028) (local.get $r0))
      (i32.store (i32.const 1032) (local.get $r1))))
  (invoke "run"))

(wait $T0)
(wait $T1)
(module
  (memory (import "mem" "memory") 1 1 shared)
  (func (export "outcome") (result i64)
    (i64.or
      (i64.shl (i64.load32_u (i32.const 1028)) (i64.const 32))
      (i64.load32_u (i32.const 1032)))))
(assert_return (invoke "outcome")
  (either (i64.const 0x0) (i64.const 0x7) (i64.const 0x700) (i64.const 0x707) (i64.const 0x70000) (i64.const 0x70007)
    (i64.const 0x70700) (i64.const 0x70707) (i64.const 0x7000000) (i64.const 0x7000007) (i64.const 0x7000700)
    (i64.const 0x7000707) (i64.const 0x7070000) (i64.const 0x7070007) (i64.const 0x7070700) (i64.const 0x7070707)
    (i64.const 0x107070707)))
