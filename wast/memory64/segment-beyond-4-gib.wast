;; title:    of the offset of a segment all 64 bits count
;; spec:     exec-instantiation
;; features: threads memory64
;; threads:  1
;; why:      wasmtime #4267

;; Both offsets are out of bounds; their low 32 bits are not.
(module $M
  (memory (export "memory") i64 1 1 shared)
  (func (export "word") (param i64) (result i64) (i64.load (local.get 0)))
)
(register "M" $M)

(assert_trap
  (module (memory (import "M" "memory") i64 1 1 shared) (data (i64.const 0x1_0000_0008) "\01\02\03\04"))
  "out of bounds memory access")
(assert_trap
  (module (memory (import "M" "memory") i64 1 1 shared) (data (i64.const 0x8000_0000_0000_0008) "\01\02\03\04"))
  "out of bounds memory access")
(assert_return (invoke $M "word" (i64.const 8)) (i64.const 0))
