;; title:    in the binary format, too, an rmw.and has its natural alignment and no other
;; spec:     binary-memarg
;; features: threads
;; threads:  1
;; why:      threads #242

;; The opcode, the alignment as an exponent and the offset 0 stand between two of unreachable (00), after which the
;; operands may be anything. The first module has all instructions as they should be.
;; Written by tools/generate.
(module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\2e\01\2c\00" "\00" "\fe\2c\02\00" "\00"
    "\00" "\fe\2d\03\00" "\00"
    "\00" "\fe\2e\00\00" "\00"
    "\00" "\fe\2f\01\00" "\00"
    "\00" "\fe\30\00\00" "\00"
    "\00" "\fe\31\01\00" "\00"
    "\00" "\fe\32\02\00" "\00" "\0b")

;; i32.atomic.rmw.and align=1
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\2c\00\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw.and align=2
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\2c\01\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw.and align=8
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\2c\03\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw.and align=16
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\2c\04\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw.and align=1
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\2d\00\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw.and align=2
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\2d\01\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw.and align=4
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\2d\02\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw.and align=16
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\2d\04\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw8.and_u align=2
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\2e\01\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw8.and_u align=4
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\2e\02\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw8.and_u align=8
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\2e\03\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw8.and_u align=16
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\2e\04\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw16.and_u align=1
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\2f\00\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw16.and_u align=4
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\2f\02\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw16.and_u align=8
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\2f\03\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw16.and_u align=16
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\2f\04\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw8.and_u align=2
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\30\01\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw8.and_u align=4
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\30\02\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw8.and_u align=8
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\30\03\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw8.and_u align=16
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\30\04\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw16.and_u align=1
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\31\00\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw16.and_u align=4
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\31\02\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw16.and_u align=8
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\31\03\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw16.and_u align=16
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\31\04\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw32.and_u align=1
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\32\00\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw32.and_u align=2
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\32\01\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw32.and_u align=8
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\32\03\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw32.and_u align=16
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\32\04\00" "\00" "\0b")
  "atomic alignment must be natural")
