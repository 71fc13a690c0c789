;; title:    an offset has 64 bits in the format, and no more bits than an address in a valid module
;; spec:     binary-memarg
;; features: threads memory64
;; threads:  1

;; i32.atomic.load with the offset 2^32: of a 64-bit memory, and of a 32-bit one
(module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\07\01\01"
  "\0a\0f\01\0d\00" "\42\00" "\fe\10\02" "\80\80\80\80\10" "\1a\0b")
(assert_invalid
  (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
    "\0a\0f\01\0d\00" "\41\00" "\fe\10\02" "\80\80\80\80\10" "\1a\0b")
  "offset out of range")
;; 2^64 - 1 and 2^64
(module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\07\01\01"
  "\0a\14\01\12\00" "\42\00" "\fe\10\02" "\ff\ff\ff\ff\ff\ff\ff\ff\ff\01" "\1a\0b")
(assert_malformed
  (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\07\01\01"
    "\0a\14\01\12\00" "\42\00" "\fe\10\02" "\80\80\80\80\80\80\80\80\80\02" "\1a\0b")
  "integer too large")
;; In text: of wait, notify, cmpxchg
(module
  (memory i64 1 1 shared)
  (func (drop (memory.atomic.notify offset=0x100000000 (i64.const 0) (i32.const 0))))
)
(assert_invalid
  (module (memory 1 1 shared)
    (func (drop (memory.atomic.notify offset=0x100000000 (i32.const 0) (i32.const 0)))))
  "offset out of range")
(assert_invalid
  (module (memory 1 1 shared)
    (func (drop (memory.atomic.wait32 offset=0x100000000 (i32.const 0) (i32.const 0) (i64.const 0)))))
  "offset out of range")
(assert_invalid
  (module (memory 1 1 shared)
    (func (drop (i64.atomic.rmw8.cmpxchg_u offset=0x100000000 (i32.const 0) (i64.const 0) (i64.const 0)))))
  "offset out of range")
