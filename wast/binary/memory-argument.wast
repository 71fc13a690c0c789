;; title:    the memory argument of an atomic access in binary form
;; spec:     binary-memarg
;; features: threads
;; threads:  1
;; why:      threads #242

;; the alignment in two bytes
(module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0c\01\0a\00" "\41\00" "\fe\10\82\00\00" "\1a\0b")
;; the offset 4 in five bytes
(module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0f\01\0d\00" "\41\00" "\fe\10\02\84\80\80\80\00" "\1a\0b")
;; the largest offset
(module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0f\01\0d\00" "\41\00" "\fe\10\02\ff\ff\ff\ff\0f" "\1a\0b")
;; an offset that makes the access misaligned is no matter of validity
(module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0b\01\09\00" "\41\00" "\fe\10\02\01" "\1a\0b")

;; 2^31 is far more than natural.
(assert_invalid
  (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
    "\0a\0b\01\09\00" "\41\00" "\fe\10\1f\00" "\1a\0b")
  "atomic alignment must be natural")
;; an exponent without meaning
(assert_malformed
  (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
    "\0a\0c\01\0a\00" "\41\00" "\fe\10\ff\7f\00" "\1a\0b")
  "malformed memop flags")
