;; title:    a sub-opcode after 0xfe is a LEB128 number of any legal length
;; spec:     binary-instr-atomic-memory
;; features: threads
;; threads:  1
;; why:      WAMR #3115

;; atomic.fence in two bytes
(module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\08\01\06\00" "\fe\83\00\00" "\0b")
;; atomic.fence in five bytes, the longest
(module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0b\01\09\00" "\fe\83\80\80\80\00\00" "\0b")
;; i32.atomic.load in three bytes
(module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0d\01\0b\00" "\41\00" "\fe\90\80\00\02\00" "\1a\0b")
;; i32.atomic.rmw.add in two bytes
(module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0e\01\0c\00" "\41\00\41\00" "\fe\9e\00\02\00" "\1a\0b")
;; memory.atomic.notify, whose code is 0
(module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0e\01\0c\00" "\41\00\41\00" "\fe\80\00\02\00" "\1a\0b")

;; six bytes
(assert_malformed
  (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
    "\0a\0c\01\0a\00" "\fe\83\80\80\80\80\00\00" "\0b")
  "integer representation too long")
;; 2^32 + 3 is not 3
(assert_malformed
  (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
    "\0a\0b\01\09\00" "\fe\83\80\80\80\10\00" "\0b")
  "integer too large")
