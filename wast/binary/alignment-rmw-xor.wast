;; title:    in the binary format, too, an rmw.xor has its natural alignment and no other
;; spec:     binary-memarg
;; features: threads
;; threads:  1
;; why:      threads #242

;; The opcode, the alignment as an exponent and the offset 0 stand between two of unreachable (00), after which the
;; operands may be anything. The first module has all instructions as they should be.
;; Written by tools/generate.
(module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\2e\01\2c\00" "\00" "\fe\3a\02\00" "\00"
    "\00" "\fe\3b\03\00" "\00"
    "\00" "\fe\3c\00\00" "\00"
    "\00" "\fe\3d\01\00" "\00"
    "\00" "\fe\3e\00\00" "\00"
    "\00" "\fe\3f\01\00" "\00"
    "\00" "\fe\40\02\00" "\00" "\0b")

;; i32.atomic.rmw.xor align=1
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\3a\00\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw.xor align=2
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\3a\01\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw.xor align=8
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\3a\03\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw.xor align=16
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\3a\04\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw.xor align=1
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\3b\00\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw.xor align=2
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\3b\01\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw.xor align=4
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\3b\02\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw.xor align=16
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\3b\04\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw8.xor_u align=2
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\3c\01\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw8.xor_u align=4
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\3c\02\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw8.xor_u align=8
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\3c\03\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw8.xor_u align=16
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\3c\04\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw16.xor_u align=1
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\3d\00\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw16.xor_u align=4
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\3d\02\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw16.xor_u align=8
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\3d\03\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw16.xor_u align=16
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\3d\04\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw8.xor_u align=2
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\3e\01\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw8.xor_u align=4
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\3e\02\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw8.xor_u align=8
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\3e\03\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw8.xor_u align=16
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\3e\04\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw16.xor_u align=1
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\3f\00\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw16.xor_u align=4
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\3f\02\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw16.xor_u align=8
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\3f\03\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw16.xor_u align=16
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\3f\04\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw32.xor_u align=1
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\40\00\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw32.xor_u align=2
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\40\01\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw32.xor_u align=8
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\40\03\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw32.xor_u align=16
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\40\04\00" "\00" "\0b")
  "atomic alignment must be natural")
