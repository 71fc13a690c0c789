;; title:    the flags of a memory: 0x00, 0x01 and 0x03 are all there are
;; spec:     binary-limits
;; features: threads
;; threads:  1
;; why:      WasmEdge #1193, wabt #632

;; No maximum, a maximum, a maximum and shared
(module binary "\00asm" "\01\00\00\00" "\05\03\01" "\00" "\01")
(module binary "\00asm" "\01\00\00\00" "\05\04\01" "\01" "\01\02")
(module binary "\00asm" "\01\00\00\00" "\05\04\01" "\03" "\01\02")

;; Shared without a maximum, 0x02, has a test of its own. Bits without a meaning. (Those of value 4 and 8 are left out: memory64 and custom page sizes use them.)
(assert_malformed
  (module binary "\00asm" "\01\00\00\00" "\05\04\01" "\10" "\01\02")
  "malformed limits flags")
(assert_malformed
  (module binary "\00asm" "\01\00\00\00" "\05\04\01" "\11" "\01\02")
  "malformed limits flags")
(assert_malformed
  (module binary "\00asm" "\01\00\00\00" "\05\04\01" "\13" "\01\02")
  "malformed limits flags")
(assert_malformed
  (module binary "\00asm" "\01\00\00\00" "\05\04\01" "\20" "\01\02")
  "malformed limits flags")
(assert_malformed
  (module binary "\00asm" "\01\00\00\00" "\05\04\01" "\23" "\01\02")
  "malformed limits flags")
(assert_malformed
  (module binary "\00asm" "\01\00\00\00" "\05\04\01" "\40" "\01\02")
  "malformed limits flags")
(assert_malformed
  (module binary "\00asm" "\01\00\00\00" "\05\04\01" "\43" "\01\02")
  "malformed limits flags")

;; A byte, not a number that could be padded
(assert_malformed
  (module binary "\00asm" "\01\00\00\00" "\05\05\01" "\80\00" "\01\02")
  "malformed limits flags")
(assert_malformed
  (module binary "\00asm" "\01\00\00\00" "\05\05\01" "\83\00" "\01\02")
  "malformed limits flags")
