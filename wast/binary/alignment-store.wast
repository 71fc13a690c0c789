;; title:    in the binary format, too, an atomic store has its natural alignment and no other
;; spec:     binary-memarg
;; features: threads
;; threads:  1
;; why:      threads #242

;; The opcode, the alignment as an exponent and the offset 0 stand between two of unreachable (00), after which the
;; operands may be anything. The first module has all instructions as they should be.
;; Written by tools/generate.
(module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\2e\01\2c\00" "\00" "\fe\17\02\00" "\00"
    "\00" "\fe\18\03\00" "\00"
    "\00" "\fe\19\00\00" "\00"
    "\00" "\fe\1a\01\00" "\00"
    "\00" "\fe\1b\00\00" "\00"
    "\00" "\fe\1c\01\00" "\00"
    "\00" "\fe\1d\02\00" "\00" "\0b")

;; i32.atomic.store align=1
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\17\00\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.store align=2
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\17\01\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.store align=8
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\17\03\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.store align=16
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\17\04\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.store align=1
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\18\00\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.store align=2
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\18\01\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.store align=4
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\18\02\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.store align=16
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\18\04\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.store8 align=2
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\19\01\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.store8 align=4
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\19\02\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.store8 align=8
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\19\03\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.store8 align=16
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\19\04\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.store16 align=1
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\1a\00\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.store16 align=4
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\1a\02\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.store16 align=8
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\1a\03\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.store16 align=16
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\1a\04\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.store8 align=2
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\1b\01\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.store8 align=4
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\1b\02\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.store8 align=8
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\1b\03\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.store8 align=16
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\1b\04\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.store16 align=1
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\1c\00\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.store16 align=4
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\1c\02\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.store16 align=8
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\1c\03\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.store16 align=16
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\1c\04\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.store32 align=1
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\1d\00\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.store32 align=2
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\1d\01\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.store32 align=8
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\1d\03\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.store32 align=16
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\1d\04\00" "\00" "\0b")
  "atomic alignment must be natural")
