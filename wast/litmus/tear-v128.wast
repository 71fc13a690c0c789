;; title:    a v128.load may see part of a v128.store
;; spec:     relaxed-consistent
;; features: threads simd
;; threads:  3
;; litmus:   TEAR+v128
;; outcome:  1:r0/32

;; 0: x. The threads meet at 1024. The result is at 1040, -1 before.
;; Written by tools/generate.
(module $Mem (memory (export "memory") 1 1 shared)
  (data (i32.const 1028) "\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff"))
(register "mem" $Mem)

(module
  (memory (import "mem" "memory") 1 1 shared)
  (func $pre (export "pre")
    (v128.store offset=0 (i32.const 0) (v128.const i64x2 0x1 0x100000000000000))))
(invoke "pre")

(thread $T0 (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func $thread (export "thread")
      (v128.store offset=0 (i32.const 0) (v128.const i64x2 0x2 0x200000000000000)))
    (func (export "run")
      (drop (i32.atomic.rmw.add (i32.const 1024) (i32.const 1)))
      (loop $until_all (br_if $until_all (i32.lt_u (i32.atomic.load (i32.const 1024)) (i32.const 2))))
      (call $thread)))
  (invoke "run"))

(thread $T1 (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func $thread (export "thread") (result v128)
      (v128.load offset=0 (i32.const 0)))
    (func (export "run")
      (drop (i32.atomic.rmw.add (i32.const 1024) (i32.const 1)))
      (loop $until_all (br_if $until_all (i32.lt_u (i32.atomic.load (i32.const 1024)) (i32.const 2))))
      (v128.store (i32.const 1040) (call $thread))))
  (invoke "run"))

(wait $T0)
(wait $T1)
(module
  (memory (import "mem" "memory") 1 1 shared)
  (func (export "outcome") (result v128)
    (v128.load (i32.const 1040))))
(assert_return (invoke "outcome")
  (either (v128.const i64x2 0x0000000000000001 0x0100000000000000)
    (v128.const i64x2 0x0000000000000001 0x0200000000000000) (v128.const i64x2 0x0000000000000002 0x0100000000000000)
    (v128.const i64x2 0x0000000000000002 0x0200000000000000)))
