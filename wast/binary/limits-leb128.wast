;; title:    the limits of a shared memory are LEB128 numbers of any legal length, the maximum always among them
;; spec:     binary-limits
;; features: threads
;; threads:  1

(module binary "\00asm" "\01\00\00\00" "\05\05\01" "\03" "\81\00" "\02")
(module binary "\00asm" "\01\00\00\00" "\05\05\01" "\03" "\01" "\82\00")
(module binary "\00asm" "\01\00\00\00" "\05\0c\01" "\03" "\81\80\80\80\00" "\82\80\80\80\00")
;; 0 to 65536 pages
(module binary "\00asm" "\01\00\00\00" "\05\06\01" "\03" "\00" "\80\80\04")

;; The maximum is missing, is cut off, is left over.
(assert_malformed (module binary "\00asm" "\01\00\00\00" "\05\03\01" "\03" "\01") "unexpected end")
(assert_malformed (module binary "\00asm" "\01\00\00\00" "\05\04\01" "\03" "\01" "\82") "unexpected end")
(assert_malformed (module binary "\00asm" "\01\00\00\00" "\05\04\01" "\00" "\01" "\02") "section size mismatch")
(assert_malformed (module binary "\00asm" "\01\00\00\00" "\05\05\01" "\03" "\01" "\02\02") "section size mismatch")
;; Eleven bytes
(assert_malformed
  (module binary "\00asm" "\01\00\00\00" "\05\0e\01" "\03" "\01" "\82\80\80\80\80\80\80\80\80\80\00")
  "integer representation too long")
;; What the numbers say is a matter of validity.
(assert_invalid
  (module binary "\00asm" "\01\00\00\00" "\05\04\01" "\03" "\02\01")
  "size minimum must not be greater than maximum")
(assert_invalid
  (module binary "\00asm" "\01\00\00\00" "\05\06\01" "\03" "\00" "\81\80\04")
  "memory size must be at most 65536 pages (4GiB)")
