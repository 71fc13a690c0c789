;; title:    a module that ends within an atomic instruction is malformed
;; spec:     binary-instr-atomic-memory
;; features: threads
;; threads:  1

;; after the prefix
(assert_malformed
  (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
    "\0a\04\01\02\00" "\fe")
  "unexpected end")
;; within the sub-opcode
(assert_malformed
  (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
    "\0a\05\01\03\00" "\fe\83")
  "unexpected end")
;; before the zero byte of atomic.fence
(assert_malformed
  (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
    "\0a\05\01\03\00" "\fe\03")
  "unexpected end")
;; after a whole atomic.fence, without the end of the body
(assert_malformed
  (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
    "\0a\06\01\04\00" "\fe\03\00")
  "unexpected end")
;; before the alignment of i32.atomic.load
(assert_malformed
  (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
    "\0a\07\01\05\00" "\41\00" "\fe\10")
  "unexpected end")
;; within the alignment
(assert_malformed
  (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
    "\0a\08\01\06\00" "\41\00" "\fe\10\82")
  "unexpected end")
;; before the offset
(assert_malformed
  (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
    "\0a\08\01\06\00" "\41\00" "\fe\10\02")
  "unexpected end")
;; within the offset
(assert_malformed
  (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
    "\0a\09\01\07\00" "\41\00" "\fe\10\02\80")
  "unexpected end")
;; before the offset of i32.atomic.rmw.add
(assert_malformed
  (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
    "\0a\0a\01\08\00" "\41\00\41\00" "\fe\1e\02")
  "unexpected end")
;; before the offset of memory.atomic.wait32
(assert_malformed
  (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\04\01\03\01\01"
    "\0a\0c\01\0a\00" "\41\00\41\00\42\00" "\fe\01\02")
  "unexpected end")
