;; title:    in the binary format, too, an rmw.sub has its natural alignment and no other
;; spec:     binary-memarg
;; features: threads
;; threads:  1
;; why:      threads #242

;; The opcode, the alignment as an exponent and the offset 0 stand between two of unreachable (00), after which the
;; operands may be anything. The first module has all instructions as they should be.
;; Written by tools/generate.
(module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\2e\01\2c\00" "\00" "\fe\25\02\00" "\00"
    "\00" "\fe\26\03\00" "\00"
    "\00" "\fe\27\00\00" "\00"
    "\00" "\fe\28\01\00" "\00"
    "\00" "\fe\29\00\00" "\00"
    "\00" "\fe\2a\01\00" "\00"
    "\00" "\fe\2b\02\00" "\00" "\0b")

;; i32.atomic.rmw.sub align=1
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\25\00\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw.sub align=2
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\25\01\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw.sub align=8
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\25\03\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw.sub align=16
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\25\04\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw.sub align=1
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\26\00\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw.sub align=2
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\26\01\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw.sub align=4
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\26\02\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw.sub align=16
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\26\04\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw8.sub_u align=2
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\27\01\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw8.sub_u align=4
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\27\02\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw8.sub_u align=8
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\27\03\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw8.sub_u align=16
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\27\04\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw16.sub_u align=1
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\28\00\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw16.sub_u align=4
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\28\02\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw16.sub_u align=8
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\28\03\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i32.atomic.rmw16.sub_u align=16
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\28\04\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw8.sub_u align=2
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\29\01\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw8.sub_u align=4
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\29\02\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw8.sub_u align=8
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\29\03\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw8.sub_u align=16
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\29\04\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw16.sub_u align=1
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\2a\00\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw16.sub_u align=4
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\2a\02\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw16.sub_u align=8
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\2a\03\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw16.sub_u align=16
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\2a\04\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw32.sub_u align=1
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\2b\00\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw32.sub_u align=2
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\2b\01\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw32.sub_u align=8
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\2b\03\00" "\00" "\0b")
  "atomic alignment must be natural")
;; i64.atomic.rmw32.sub_u align=16
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0a\01\08\00" "\00" "\fe\2b\04\00" "\00" "\0b")
  "atomic alignment must be natural")
