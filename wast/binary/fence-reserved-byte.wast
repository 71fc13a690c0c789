;; title:    the byte after atomic.fence is zero, and a byte
;; spec:     binary-atomic-fence
;; features: threads
;; threads:  1
;; why:      binaryen #8845

;; 0x01 is left out: a later proposal gives it a meaning.
(module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\07\01\05\00" "\fe\03\00" "\0b")
(assert_malformed
  (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
    "\0a\07\01\05\00" "\fe\03\02" "\0b")
  "zero byte expected")
(assert_malformed
  (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
    "\0a\07\01\05\00" "\fe\03\03" "\0b")
  "zero byte expected")
(assert_malformed
  (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
    "\0a\07\01\05\00" "\fe\03\40" "\0b")
  "zero byte expected")
(assert_malformed
  (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
    "\0a\07\01\05\00" "\fe\03\7f" "\0b")
  "zero byte expected")
(assert_malformed
  (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
    "\0a\07\01\05\00" "\fe\03\ff" "\0b")
  "zero byte expected")
;; a zero in two bytes
(assert_malformed
  (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
    "\0a\08\01\06\00" "\fe\03\80\00" "\0b")
  "zero byte expected")
