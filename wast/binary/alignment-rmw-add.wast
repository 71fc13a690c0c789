;; title:    in the binary format, too, an rmw.add has its natural alignment and no other
;; spec:     binary-memarg
;; features: threads
;; threads:  1
;; why:      threads #242

;; The opcode, the alignment as an exponent and the offset 0 stand between two of unreachable (00), after which the
;; operands may be anything. The first module has all instructions as they should be.
;; Written by tools/generate.
(module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\2e\01\2c\00" "\00" "\fe\1e\02\00" "\00"
    "\00" "\fe\1f\03\00" "\00"
    "\00" "\fe\20\00\00" "\00"
    "\00" "\fe\21\01\00" "\00"
    "\00" "\fe\22\00\00" "\00"
    "\00" "\fe\23\01\00" "\00"
    "\00" "\fe\24\02\00" "\00" "\0b")

;; i32.atomic.rmw.add align=1
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\1e\00\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw.add align=2
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\1e\01\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw.add align=8
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\1e\03\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw.add align=16
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\1e\04\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw.add align=1
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\1f\00\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw.add align=2
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\1f\01\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw.add align=4
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\1f\02\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw.add align=16
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\1f\04\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw8.add_u align=2
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\20\01\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw8.add_u align=4
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\20\02\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw8.add_u align=8
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\20\03\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw8.add_u align=16
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\20\04\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw16.add_u align=1
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\21\00\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw16.add_u align=4
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\21\02\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw16.add_u align=8
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\21\03\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw16.add_u align=16
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\21\04\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw8.add_u align=2
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\22\01\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw8.add_u align=4
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\22\02\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw8.add_u align=8
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\22\03\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw8.add_u align=16
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\22\04\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw16.add_u align=1
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\23\00\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw16.add_u align=4
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\23\02\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw16.add_u align=8
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\23\03\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw16.add_u align=16
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\23\04\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw32.add_u align=1
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\24\00\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw32.add_u align=2
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\24\01\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw32.add_u align=8
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\24\03\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw32.add_u align=16
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\24\04\00" "\00" "\0b")
  "atomic alignment must be natural")
