;; title:    in the binary format, too, an atomic load has its natural alignment and no other
;; spec:     binary-memarg
;; features: threads
;; threads:  1
;; why:      threads #242

;; The opcode, the alignment as an exponent and the offset 0 stand between two of unreachable (00), after which the
;; operands may be anything. The first module has all instructions as they should be.
;; Written by tools/generate.
(module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\2e\01\2c\00" "\00" "\fe\10\02\00" "\00"
    "\00" "\fe\11\03\00" "\00"
    "\00" "\fe\12\00\00" "\00"
    "\00" "\fe\13\01\00" "\00"
    "\00" "\fe\14\00\00" "\00"
    "\00" "\fe\15\01\00" "\00"
    "\00" "\fe\16\02\00" "\00" "\0b")

;; i32.atomic.load align=1
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\10\00\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.load align=2
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\10\01\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.load align=8
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\10\03\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.load align=16
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\10\04\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.load align=1
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\11\00\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.load align=2
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\11\01\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.load align=4
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\11\02\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.load align=16
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\11\04\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.load8_u align=2
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\12\01\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.load8_u align=4
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\12\02\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.load8_u align=8
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\12\03\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.load8_u align=16
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\12\04\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.load16_u align=1
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\13\00\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.load16_u align=4
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\13\02\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.load16_u align=8
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\13\03\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.load16_u align=16
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\13\04\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.load8_u align=2
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\14\01\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.load8_u align=4
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\14\02\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.load8_u align=8
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\14\03\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.load8_u align=16
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\14\04\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.load16_u align=1
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\15\00\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.load16_u align=4
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\15\02\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.load16_u align=8
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\15\03\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.load16_u align=16
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\15\04\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.load32_u align=1
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\16\00\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.load32_u align=2
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\16\01\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.load32_u align=8
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\16\03\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.load32_u align=16
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\16\04\00" "\00" "\0b")
  "atomic alignment must be natural")
