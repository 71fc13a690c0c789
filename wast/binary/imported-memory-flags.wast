;; title:    the flags of an imported memory are those of a defined one
;; spec:     binary-limits
;; features: threads
;; threads:  1
;; why:      WasmEdge #1193

;; spectest.shared_memory has the type 1 2 shared.
(module binary "\00asm" "\01\00\00\00" "\02\1c\01" "\08spectest" "\0dshared_memory" "\02" "\03" "\01\02")
(assert_unlinkable
  (module binary "\00asm" "\01\00\00\00" "\02\1b\01" "\08spectest" "\0dshared_memory" "\02" "\00" "\01")
  "incompatible import type")
(assert_unlinkable
  (module binary "\00asm" "\01\00\00\00" "\02\1c\01" "\08spectest" "\0dshared_memory" "\02" "\01" "\01\02")
  "incompatible import type")
(assert_malformed
  (module binary "\00asm" "\01\00\00\00" "\02\1b\01" "\08spectest" "\0dshared_memory" "\02" "\12" "\01")
  "malformed limits flags")
(assert_malformed
  (module binary "\00asm" "\01\00\00\00" "\02\1c\01" "\08spectest" "\0dshared_memory" "\02" "\13" "\01\02")
  "malformed limits flags")
(assert_malformed
  (module binary "\00asm" "\01\00\00\00" "\02\1c\01" "\08spectest" "\0dshared_memory" "\02" "\43" "\01\02")
  "malformed limits flags")
