;; title:    the flag 0x06 of a memory, 64-bit and shared without a maximum, is malformed
;; spec:     binary-limits
;; features: threads memory64
;; threads:  1

;; The grammar has no production for this flag. The official interpreter reads it, and then calls the module invalid, since
;; it has no maximum: a runner whose runtime does so may leave this test out.
(assert_malformed
  (module binary "\00asm" "\01\00\00\00" "\05\03\01" "\06" "\01")
  "malformed limits flags")
(assert_malformed
  (module binary "\00asm" "\01\00\00\00" "\05\04\01" "\06" "\01\02")
  "malformed limits flags")
(assert_malformed
  (module binary "\00asm" "\01\00\00\00" "\02\07\01\01m\00\02" "\06" "\01")
  "malformed limits flags")
