;; title:    a table cannot be shared
;; spec:     binary-tabletype
;; features: threads
;; threads:  1
;; why:      threads #162, wabt #1505

;; Its limits have no flag but the one for a maximum.
(module binary "\00asm" "\01\00\00\00" "\04\04\01\70" "\00" "\01")
(module binary "\00asm" "\01\00\00\00" "\04\05\01\70" "\01" "\01\02")

(assert_malformed
  (module binary "\00asm" "\01\00\00\00" "\04\04\01\70" "\02" "\01")
  "malformed limits flags")
(assert_malformed
  (module binary "\00asm" "\01\00\00\00" "\04\05\01\70" "\03" "\01\02")
  "malformed limits flags")
(assert_malformed
  (module binary "\00asm" "\01\00\00\00" "\04\04\01\70" "\12" "\01")
  "malformed limits flags")
(assert_malformed
  (module binary "\00asm" "\01\00\00\00" "\04\05\01\70" "\13" "\01\02")
  "malformed limits flags")

;; externref
(assert_malformed
  (module binary "\00asm" "\01\00\00\00" "\04\05\01\6f" "\03" "\01\02")
  "malformed limits flags")

;; An imported table
(module binary "\00asm" "\01\00\00\00" "\02\15\01" "\08spectest" "\05table" "\01\70" "\01" "\0a\14")
(assert_malformed
  (module binary "\00asm" "\01\00\00\00" "\02\15\01" "\08spectest" "\05table" "\01\70" "\03" "\0a\14")
  "malformed limits flags")
