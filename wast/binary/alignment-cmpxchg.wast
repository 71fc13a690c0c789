;; title:    in the binary format, too, a cmpxchg has its natural alignment and no other
;; spec:     binary-memarg
;; features: threads
;; threads:  1
;; why:      threads #242

;; The opcode, the alignment as an exponent and the offset 0 stand between two of unreachable (00), after which the
;; operands may be anything. The first module has all instructions as they should be.
;; Written by tools/generate.
(module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\2e\01\2c\00" "\00" "\fe\48\02\00" "\00"
    "\00" "\fe\49\03\00" "\00"
    "\00" "\fe\4a\00\00" "\00"
    "\00" "\fe\4b\01\00" "\00"
    "\00" "\fe\4c\00\00" "\00"
    "\00" "\fe\4d\01\00" "\00"
    "\00" "\fe\4e\02\00" "\00" "\0b")

;; i32.atomic.rmw.cmpxchg align=1
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\48\00\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw.cmpxchg align=2
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\48\01\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw.cmpxchg align=8
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\48\03\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw.cmpxchg align=16
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\48\04\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw.cmpxchg align=1
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\49\00\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw.cmpxchg align=2
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\49\01\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw.cmpxchg align=4
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\49\02\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw.cmpxchg align=16
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\49\04\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw8.cmpxchg_u align=2
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\4a\01\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw8.cmpxchg_u align=4
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\4a\02\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw8.cmpxchg_u align=8
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\4a\03\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw8.cmpxchg_u align=16
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\4a\04\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw16.cmpxchg_u align=1
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\4b\00\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw16.cmpxchg_u align=4
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\4b\02\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw16.cmpxchg_u align=8
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\4b\03\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw16.cmpxchg_u align=16
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\4b\04\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw8.cmpxchg_u align=2
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\4c\01\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw8.cmpxchg_u align=4
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\4c\02\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw8.cmpxchg_u align=8
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\4c\03\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw8.cmpxchg_u align=16
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\4c\04\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw16.cmpxchg_u align=1
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\4d\00\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw16.cmpxchg_u align=4
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\4d\02\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw16.cmpxchg_u align=8
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\4d\03\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw16.cmpxchg_u align=16
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\4d\04\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw32.cmpxchg_u align=1
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\4e\00\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw32.cmpxchg_u align=2
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\4e\01\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw32.cmpxchg_u align=8
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\4e\03\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw32.cmpxchg_u align=16
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\4e\04\00" "\00" "\0b")
  "atomic alignment must be natural")
