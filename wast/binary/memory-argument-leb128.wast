;; title:    the numbers of a memory argument are LEB128 of any legal length, and no longer
;; spec:     binary-memarg
;; features: threads
;; threads:  1

;; i32.atomic.rmw.add, with its alignment in two and five bytes, its offset in two and five, and both in five
(module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0e\01\0c\00" "\41\00\41\00" "\fe\1e" "\82\00" "\00" "\1a\0b")
(module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\11\01\0f\00" "\41\00\41\00" "\fe\1e" "\82\80\80\80\00" "\00" "\1a\0b")
(module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\0e\01\0c\00" "\41\00\41\00" "\fe\1e" "\02" "\80\00" "\1a\0b")
(module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\11\01\0f\00" "\41\00\41\00" "\fe\1e" "\02" "\80\80\80\80\00" "\1a\0b")
(module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
  "\0a\15\01\13\00" "\41\00\41\00" "\fe\1e" "\82\80\80\80\00" "\84\80\80\80\00" "\1a\0b")

;; The alignment in six bytes; with a bit beyond the 32nd
(assert_malformed
  (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
    "\0a\12\01\10\00" "\41\00\41\00" "\fe\1e" "\82\80\80\80\80\00" "\00" "\1a\0b")
  "integer representation too long")
(assert_malformed
  (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
    "\0a\11\01\0f\00" "\41\00\41\00" "\fe\1e" "\82\80\80\80\10" "\00" "\1a\0b")
  "integer too large")
;; The offset in eleven bytes, which no edition of the format allows
(assert_malformed
  (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
    "\0a\17\01\15\00" "\41\00\41\00" "\fe\1e" "\02" "\80\80\80\80\80\80\80\80\80\80\00" "\1a\0b")
  "integer representation too long")
