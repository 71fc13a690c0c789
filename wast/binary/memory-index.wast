;; title:    bit 6 of the flags in a memory argument says that a memory index follows
;; spec:     binary-memarg
;; features: threads multi-memory
;; threads:  1

;; Memory 0 is not shared, memory 1 is. i32.atomic.load of memory 1, of memory 0 by its index, and of memory 1 with an index
;; and an offset in two bytes
(module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\06\02\00\01\03\01\01"
  "\0a\0c\01\0a\00" "\41\00" "\fe\10\42\01\00" "\1a\0b")
(module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\06\02\00\01\03\01\01"
  "\0a\0c\01\0a\00" "\41\00" "\fe\10\42\00\00" "\1a\0b")
(module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\06\02\00\01\03\01\01"
  "\0a\0e\01\0c\00" "\41\00" "\fe\10\42\81\00\84\00" "\1a\0b")
;; The flags in two bytes
(module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\06\02\00\01\03\01\01"
  "\0a\0d\01\0b\00" "\41\00" "\fe\10\c2\00\01\00" "\1a\0b")
;; memory.atomic.notify, memory.atomic.wait64, i64.atomic.rmw.cmpxchg
(module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\06\02\00\01\03\01\01"
  "\0a\0e\01\0c\00" "\41\00\41\01" "\fe\00\42\01\00" "\1a\0b")
(module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\06\02\00\01\03\01\01"
  "\0a\10\01\0e\00" "\41\00\42\00\42\00" "\fe\02\43\01\00" "\1a\0b")
(module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\06\02\00\01\03\01\01"
  "\0a\10\01\0e\00" "\41\00\42\00\42\00" "\fe\49\43\01\00" "\1a\0b")

;; The alignment beside the bit must be the natural one, and the memory must exist.
(assert_invalid
  (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\06\02\00\01\03\01\01"
    "\0a\0c\01\0a\00" "\41\00" "\fe\10\41\01\00" "\1a\0b")
  "atomic alignment must be natural")
(assert_invalid
  (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\06\02\00\01\03\01\01"
    "\0a\0c\01\0a\00" "\41\00" "\fe\10\42\02\00" "\1a\0b")
  "unknown memory 2")
;; Without the bit the next number is the offset: here it is 1.
(module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\06\02\00\01\03\01\01"
  "\0a\0b\01\09\00" "\41\00" "\fe\10\02\01" "\1a\0b")
;; The bits above have no meaning.
(assert_malformed
  (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\06\02\00\01\03\01\01"
    "\0a\0d\01\0b\00" "\41\00" "\fe\10\82\01\01\00" "\1a\0b")
  "malformed memop flags")
(assert_malformed
  (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\06\02\00\01\03\01\01"
    "\0a\0d\01\0b\00" "\41\00" "\fe\10\c2\01\01\00" "\1a\0b")
  "malformed memop flags")
;; An index that ends with the input
(assert_malformed
  (module binary "\00asm" "\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\05\06\02\00\01\03\01\01"
    "\0a\08\01\06\00" "\41\00" "\fe\10\42")
  "unexpected end")
