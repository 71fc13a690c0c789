;; title:    memory.size of a 64-bit memory gives what another thread made it, in a function that was running before
;; spec:     exec-memory.size
;; features: threads memory64
;; threads:  2
;; why:      WAMR #2078, wazero #1927, wasmtime #4267

;; 0: the round the looker is in; 4: the round for which the other has tried to grow the memory; 8: the size it then has.
(module $Mem (memory (export "memory") i64 1 11 shared))
(register "mem" $Mem)

(thread $Looker (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") i64 1 11 shared)
    ;; The rounds in which the size is not what the other has made it.
    (func (export "wrong sizes") (result i32)
      (local $round i32) (local $wrong i32)
      (loop $rounds
        (local.set $round (i32.add (local.get $round) (i32.const 1)))
        (i32.atomic.store (i64.const 0) (local.get $round))
        (loop $again (br_if $again (i32.ne (i32.atomic.load (i64.const 4)) (local.get $round))))
        (local.set $wrong
          (i32.add (local.get $wrong) (i64.ne (memory.size) (i64.load (i64.const 8)))))
        (br_if $rounds (i32.lt_u (local.get $round) (i32.const 10))))
      (local.get $wrong))
  )
  (assert_return (invoke "wrong sizes") (i32.const 0))
)

(module
  (memory (import "mem" "memory") i64 1 11 shared)
  ;; Any attempt may fail; the size after the last.
  (func (export "grow") (result i32)
    (local $round i32) (local $size i64)
    (local.set $size (i64.const 1))
    (loop $rounds
      (local.set $round (i32.add (local.get $round) (i32.const 1)))
      (loop $again (br_if $again (i32.ne (i32.atomic.load (i64.const 0)) (local.get $round))))
      (local.set $size
        (i64.add (local.get $size) (i64.extend_i32_u (i64.ne (memory.grow (i64.const 1)) (i64.const -1)))))
      (i64.store (i64.const 8) (local.get $size))
      (i32.atomic.store (i64.const 4) (local.get $round))
      (br_if $rounds (i32.lt_u (local.get $round) (i32.const 10))))
    (i64.eq (memory.size) (local.get $size)))
)
(assert_return (invoke "grow") (i32.const 1))
(wait $Looker)
