;; title:    the flag 0x02 of a memory, shared without a maximum, is malformed
;; spec:     binary-limits
;; features: threads
;; threads:  1
;; why:      WasmEdge #1193, wabt #632

;; The grammar has no production for this flag. The official interpreter reads it, and then calls the module invalid, since
;; it has no maximum: a runner whose runtime does so may leave this test out. The third memory has a number more, which could
;; be a maximum.
(assert_malformed
  (module binary "\00asm" "\01\00\00\00" "\05\03\01" "\02" "\01")
  "malformed limits flags")
(assert_malformed
  (module binary "\00asm" "\01\00\00\00" "\02\1b\01" "\08spectest" "\0dshared_memory" "\02" "\02" "\01")
  "malformed limits flags")
(assert_malformed
  (module binary "\00asm" "\01\00\00\00" "\05\04\01" "\02" "\01\02")
  "malformed limits flags")
