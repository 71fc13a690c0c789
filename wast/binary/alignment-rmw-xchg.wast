;; title:    in the binary format, too, an rmw.xchg has its natural alignment and no other
;; spec:     binary-memarg
;; features: threads
;; threads:  1
;; why:      threads #242

;; The opcode, the alignment as an exponent and the offset 0 stand between two of unreachable (00), after which the
;; operands may be anything. The first module has all instructions as they should be.
;; Written by tools/generate.
(module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\2e\01\2c\00" "\00" "\fe\41\02\00" "\00"
    "\00" "\fe\42\03\00" "\00"
    "\00" "\fe\43\00\00" "\00"
    "\00" "\fe\44\01\00" "\00"
    "\00" "\fe\45\00\00" "\00"
    "\00" "\fe\46\01\00" "\00"
    "\00" "\fe\47\02\00" "\00" "\0b")

;; i32.atomic.rmw.xchg align=1
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\41\00\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw.xchg align=2
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\41\01\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw.xchg align=8
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\41\03\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw.xchg align=16
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\41\04\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw.xchg align=1
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\42\00\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw.xchg align=2
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\42\01\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw.xchg align=4
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\42\02\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw.xchg align=16
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\42\04\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw8.xchg_u align=2
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\43\01\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw8.xchg_u align=4
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\43\02\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw8.xchg_u align=8
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\43\03\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw8.xchg_u align=16
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\43\04\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw16.xchg_u align=1
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\44\00\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw16.xchg_u align=4
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\44\02\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw16.xchg_u align=8
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\44\03\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw16.xchg_u align=16
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\44\04\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw8.xchg_u align=2
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\45\01\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw8.xchg_u align=4
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\45\02\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw8.xchg_u align=8
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\45\03\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw8.xchg_u align=16
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\45\04\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw16.xchg_u align=1
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\46\00\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw16.xchg_u align=4
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\46\02\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw16.xchg_u align=8
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\46\03\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw16.xchg_u align=16
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\46\04\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw32.xchg_u align=1
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\47\00\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw32.xchg_u align=2
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\47\01\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw32.xchg_u align=8
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\47\03\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw32.xchg_u align=16
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\47\04\00" "\00" "\0b")
  "atomic alignment must be natural")
