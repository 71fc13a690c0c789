;; title:    in the binary format, too, an rmw.or has its natural alignment and no other
;; spec:     binary-memarg
;; features: threads
;; threads:  1
;; why:      threads #242

;; The opcode, the alignment as an exponent and the offset 0 stand between two of unreachable (00), after which the
;; operands may be anything. The first module has all instructions as they should be.
;; Written by tools/generate.
(module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\2e\01\2c\00" "\00" "\fe\33\02\00" "\00"
    "\00" "\fe\34\03\00" "\00"
    "\00" "\fe\35\00\00" "\00"
    "\00" "\fe\36\01\00" "\00"
    "\00" "\fe\37\00\00" "\00"
    "\00" "\fe\38\01\00" "\00"
    "\00" "\fe\39\02\00" "\00" "\0b")

;; i32.atomic.rmw.or align=1
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\33\00\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw.or align=2
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\33\01\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw.or align=8
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\33\03\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw.or align=16
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\33\04\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw.or align=1
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\34\00\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw.or align=2
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\34\01\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw.or align=4
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\34\02\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw.or align=16
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\34\04\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw8.or_u align=2
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\35\01\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw8.or_u align=4
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\35\02\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw8.or_u align=8
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\35\03\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw8.or_u align=16
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\35\04\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw16.or_u align=1
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\36\00\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw16.or_u align=4
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\36\02\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw16.or_u align=8
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\36\03\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw16.or_u align=16
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\36\04\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw8.or_u align=2
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\37\01\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw8.or_u align=4
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\37\02\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw8.or_u align=8
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\37\03\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw8.or_u align=16
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\37\04\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw16.or_u align=1
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\38\00\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw16.or_u align=4
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\38\02\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw16.or_u align=8
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\38\03\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw16.or_u align=16
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\38\04\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw32.or_u align=1
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\39\00\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw32.or_u align=2
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\39\01\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw32.or_u align=8
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\39\03\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw32.or_u align=16
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\39\04\00" "\00" "\0b")
  "atomic alignment must be natural")
