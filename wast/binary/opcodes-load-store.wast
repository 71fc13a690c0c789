;; title:    the opcodes of the atomic loads and stores
;; spec:     binary-instr-atomic-memory
;; features: threads
;; threads:  1

;; The word at 0 is set to 0xffeeddcc_bbaa9988 first. In the second string of each body stand the opcode, the alignment and
;; the offset; a load gives its result, and all others give the word as they leave it.
(module binary
  "\00asm" "\01\00\00\00"
  "\01\0c\03" "\60\00\00" "\60\00\01\7f" "\60\00\01\7e"  ;; types: [] -> [], [] -> [i32], [] -> [i64]
  "\03" "\10" "\0f"  ;; functions: one to set the word, and these
    "\00\01\02\01\01\02\02\02\02\02\02\02\02\02\02"
  "\05\04\01" "\03\01\01"  ;; memory: 1 1 shared
  "\07" "\9e\02" "\0e"  ;; exports
    "\0fi32.atomic.load\00\01"
    "\0fi64.atomic.load\00\02"
    "\12i32.atomic.load8_u\00\03"
    "\13i32.atomic.load16_u\00\04"
    "\12i64.atomic.load8_u\00\05"
    "\13i64.atomic.load16_u\00\06"
    "\13i64.atomic.load32_u\00\07"
    "\10i32.atomic.store\00\08"
    "\10i64.atomic.store\00\09"
    "\11i32.atomic.store8\00\0a"
    "\12i32.atomic.store16\00\0b"
    "\11i64.atomic.store8\00\0c"
    "\12i64.atomic.store16\00\0d"
    "\12i64.atomic.store32\00\0e"
  "\0a" "\89\02" "\0f"  ;; code
    "\10\00\41\00\42\88\b3\aa\dd\cb\b9\b7\77\37\03\00\0b"  ;; i64.store of the word
    "\0a\00\10\00\41\00" "\fe\10\02\00" "\0b"  ;; i32.atomic.load
    "\0a\00\10\00\41\00" "\fe\11\03\00" "\0b"  ;; i64.atomic.load
    "\0a\00\10\00\41\00" "\fe\12\00\00" "\0b"  ;; i32.atomic.load8_u
    "\0a\00\10\00\41\00" "\fe\13\01\00" "\0b"  ;; i32.atomic.load16_u
    "\0a\00\10\00\41\00" "\fe\14\00\00" "\0b"  ;; i64.atomic.load8_u
    "\0a\00\10\00\41\00" "\fe\15\01\00" "\0b"  ;; i64.atomic.load16_u
    "\0a\00\10\00\41\00" "\fe\16\02\00" "\0b"  ;; i64.atomic.load32_u
    "\15\00\10\00\41\00\41\f8\ac\d1\91\01" "\fe\17\02\00" "\41\00\29\03\00\0b"  ;; i32.atomic.store
    "\19\00\10\00\41\00\42\f1\bd\f3\d5\89\cf\95\9a\12" "\fe\18\03\00" "\41\00\29\03\00\0b"  ;; i64.atomic.store
    "\15\00\10\00\41\00\41\f8\ac\d1\91\01" "\fe\19\00\00" "\41\00\29\03\00\0b"  ;; i32.atomic.store8
    "\15\00\10\00\41\00\41\f8\ac\d1\91\01" "\fe\1a\01\00" "\41\00\29\03\00\0b"  ;; i32.atomic.store16
    "\19\00\10\00\41\00\42\f1\bd\f3\d5\89\cf\95\9a\12" "\fe\1b\00\00" "\41\00\29\03\00\0b"  ;; i64.atomic.store8
    "\19\00\10\00\41\00\42\f1\bd\f3\d5\89\cf\95\9a\12" "\fe\1c\01\00" "\41\00\29\03\00\0b"  ;; i64.atomic.store16
    "\19\00\10\00\41\00\42\f1\bd\f3\d5\89\cf\95\9a\12" "\fe\1d\02\00" "\41\00\29\03\00\0b"  ;; i64.atomic.store32
)

(assert_return (invoke "i32.atomic.load") (i32.const 0xbbaa9988))
(assert_return (invoke "i64.atomic.load") (i64.const 0xffeeddccbbaa9988))
(assert_return (invoke "i32.atomic.load8_u") (i32.const 0x88))
(assert_return (invoke "i32.atomic.load16_u") (i32.const 0x9988))
(assert_return (invoke "i64.atomic.load8_u") (i64.const 0x88))
(assert_return (invoke "i64.atomic.load16_u") (i64.const 0x9988))
(assert_return (invoke "i64.atomic.load32_u") (i64.const 0xbbaa9988))

(assert_return (invoke "i32.atomic.store") (i64.const 0xffeeddcc12345678))
(assert_return (invoke "i64.atomic.store") (i64.const 0x123456789abcdef1))
(assert_return (invoke "i32.atomic.store8") (i64.const 0xffeeddccbbaa9978))
(assert_return (invoke "i32.atomic.store16") (i64.const 0xffeeddccbbaa5678))
(assert_return (invoke "i64.atomic.store8") (i64.const 0xffeeddccbbaa99f1))
(assert_return (invoke "i64.atomic.store16") (i64.const 0xffeeddccbbaadef1))
(assert_return (invoke "i64.atomic.store32") (i64.const 0xffeeddcc9abcdef1))
