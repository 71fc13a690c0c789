;; title:    the flag 0x08 of a memory says that a page size follows its limits; shared needs a maximum there as well
;; spec:     binary-limits
;; features: threads custom-page-sizes memory64
;; threads:  1

;; The exponent 0 is a page of one byte, 16 the usual one. No maximum, a maximum, a maximum and shared; then with 64-bit
;; addresses
(module binary "\00asm" "\01\00\00\00" "\05\04\01" "\08" "\01\00")
(module binary "\00asm" "\01\00\00\00" "\05\05\01" "\09" "\01\02\10")
(module binary "\00asm" "\01\00\00\00" "\05\05\01" "\0b" "\01\02\00")
(module binary "\00asm" "\01\00\00\00" "\05\04\01" "\0c" "\01\10")
(module binary "\00asm" "\01\00\00\00" "\05\05\01" "\0d" "\01\02\00")
(module binary "\00asm" "\01\00\00\00" "\05\05\01" "\0f" "\01\02\10")

;; Shared without a maximum
(assert_malformed
  (module binary "\00asm" "\01\00\00\00" "\05\04\01" "\0a" "\01\00")
  "malformed limits flags")
(assert_malformed
  (module binary "\00asm" "\01\00\00\00" "\05\05\01" "\0a" "\01\02\00")
  "malformed limits flags")
(assert_malformed
  (module binary "\00asm" "\01\00\00\00" "\05\04\01" "\0e" "\01\10")
  "malformed limits flags")

;; A page size of 32 bytes is none, whether the memory is shared or not.
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\05\05\01" "\0b" "\01\02\05") "invalid custom page size")
(assert_invalid (module binary "\00asm" "\01\00\00\00" "\05\05\01" "\09" "\01\02\05") "invalid custom page size")
;; The page size is missing.
(assert_malformed (module binary "\00asm" "\01\00\00\00" "\05\04\01" "\0b" "\01\02") "unexpected end")
