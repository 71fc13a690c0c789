;; title:    the flag 0x04 of a memory says 64-bit addresses, with or without a maximum, and with one shared
;; spec:     binary-limits
;; features: threads memory64
;; threads:  1

;; No maximum, a maximum, a maximum and shared
(module binary "\00asm" "\01\00\00\00" "\05\03\01" "\04" "\01")
(module binary "\00asm" "\01\00\00\00" "\05\04\01" "\05" "\01\02")
(module binary "\00asm" "\01\00\00\00" "\05\04\01" "\07" "\01\02")
;; The limits are 64-bit numbers: 2^48 pages, in the shortest form, and padded to ten bytes.
(module binary "\00asm" "\01\00\00\00" "\05\0a\01" "\07" "\01\80\80\80\80\80\80\40")
(module binary "\00asm" "\01\00\00\00" "\05\0d\01" "\07" "\01\82\80\80\80\80\80\80\80\80\00")
;; The same as an import
(assert_unlinkable
  (module binary "\00asm" "\01\00\00\00" "\02\08\01\01m\00\02" "\07" "\01\02")
  "unknown import")

;; Bits without a meaning beside it. (That of value 8 is left out: custom page sizes use it.)
(assert_malformed
  (module binary "\00asm" "\01\00\00\00" "\05\04\01" "\14" "\01\02")
  "malformed limits flags")
(assert_malformed
  (module binary "\00asm" "\01\00\00\00" "\05\04\01" "\17" "\01\02")
  "malformed limits flags")
(assert_malformed
  (module binary "\00asm" "\01\00\00\00" "\05\04\01" "\47" "\01\02")
  "malformed limits flags")
(assert_malformed
  (module binary "\00asm" "\01\00\00\00" "\05\05\01" "\87\00" "\01\02")
  "malformed limits flags")
;; A limit of more than 64 bits
(assert_malformed
  (module binary "\00asm" "\01\00\00\00" "\05\0d\01" "\07" "\01\80\80\80\80\80\80\80\80\80\02")
  "integer too large")
;; More pages than 2^64 bytes have, and a minimum above the maximum
(assert_invalid
  (module binary "\00asm" "\01\00\00\00" "\05\0a\01" "\07" "\01\81\80\80\80\80\80\40")
  "memory size must be at most")
(assert_invalid
  (module binary "\00asm" "\01\00\00\00" "\05\04\01" "\07" "\02\01")
  "size minimum must not be greater than maximum")
;; Tables have 64-bit indices as well, and cannot be shared.
(module binary "\00asm" "\01\00\00\00" "\04\05\01" "\70\05" "\01\02")
(assert_malformed
  (module binary "\00asm" "\01\00\00\00" "\04\05\01" "\70\07" "\01\02")
  "malformed limits flags")
(assert_malformed
  (module binary "\00asm" "\01\00\00\00" "\04\04\01" "\70\06" "\01")
  "malformed limits flags")
