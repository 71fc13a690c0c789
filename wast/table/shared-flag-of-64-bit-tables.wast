;; title:    a table with 64-bit indices cannot be shared either
;; spec:     binary-tabletype
;; features: threads memory64
;; threads:  1
;; why:      threads #162, wabt #1505

;; Of the flags 0x00 to 0x0f a table has 0x00, 0x01, 0x04 and 0x05.
(module binary "\00asm" "\01\00\00\00" "\04\04\01\70" "\04" "\01")
(module binary "\00asm" "\01\00\00\00" "\04\05\01\70" "\05" "\01\02")
(assert_malformed (module binary "\00asm" "\01\00\00\00" "\04\04\01\70" "\06" "\01") "malformed limits flags")
(assert_malformed (module binary "\00asm" "\01\00\00\00" "\04\05\01\70" "\06" "\01\02") "malformed limits flags")
(assert_malformed (module binary "\00asm" "\01\00\00\00" "\04\05\01\70" "\07" "\01\02") "malformed limits flags")
(assert_malformed (module binary "\00asm" "\01\00\00\00" "\04\05\01\70" "\08" "\01\00") "malformed limits flags")
(assert_malformed (module binary "\00asm" "\01\00\00\00" "\04\06\01\70" "\09" "\01\02\00") "malformed limits flags")
(assert_malformed (module binary "\00asm" "\01\00\00\00" "\04\05\01\70" "\0a" "\01\00") "malformed limits flags")
(assert_malformed (module binary "\00asm" "\01\00\00\00" "\04\06\01\70" "\0b" "\01\02\00") "malformed limits flags")
(assert_malformed (module binary "\00asm" "\01\00\00\00" "\04\06\01\70" "\0f" "\01\02\00") "malformed limits flags")
(assert_malformed (module binary "\00asm" "\01\00\00\00" "\04\06\01\70" "\85\00" "\01\02") "malformed limits flags")
;; As an import, and of externref
(assert_malformed
  (module binary "\00asm" "\01\00\00\00" "\02\09\01\01m\00\01" "\70\07" "\01\02")
  "malformed limits flags")
(assert_malformed (module binary "\00asm" "\01\00\00\00" "\04\05\01\6f" "\07" "\01\02") "malformed limits flags")

(assert_malformed (module quote "(table i64 1 2 shared funcref)") "unexpected token")
(assert_malformed (module quote "(table i64 1 2 funcref shared)") "unexpected token")
