;; title:    the opcodes of the read-modify-write instructions
;; spec:     binary-instr-atomic-memory
;; features: threads
;; threads:  1

;; Each function sets the word at 0 to 0xffeeddcc_bbaa9988, applies its operator to it, and returns the word. In the second
;; string of each body stand the opcode, the alignment and the offset.
(module binary
  "\00asm" "\01\00\00\00"
  "\01\0c\03" "\60\00\00" "\60\00\01\7f" "\60\00\01\7e"  ;; types: [] -> [], [] -> [i32], [] -> [i64]
  "\03" "\2c" "\2b"  ;; functions: one to set the word, and these
    "\00\02\02\02\02\02\02\02\02\02\02\02\02\02\02\02\02\02\02\02\02\02\02\02"
    "\02\02\02\02\02\02\02\02\02\02\02\02\02\02\02\02\02\02\02"
  "\05\04\01" "\03\01\01"  ;; memory: 1 1 shared
  "\07" "\df\07" "\2a"  ;; exports
    "\12i32.atomic.rmw.add\00\01"
    "\12i64.atomic.rmw.add\00\02"
    "\15i32.atomic.rmw8.add_u\00\03"
    "\16i32.atomic.rmw16.add_u\00\04"
    "\15i64.atomic.rmw8.add_u\00\05"
    "\16i64.atomic.rmw16.add_u\00\06"
    "\16i64.atomic.rmw32.add_u\00\07"
    "\12i32.atomic.rmw.sub\00\08"
    "\12i64.atomic.rmw.sub\00\09"
    "\15i32.atomic.rmw8.sub_u\00\0a"
    "\16i32.atomic.rmw16.sub_u\00\0b"
    "\15i64.atomic.rmw8.sub_u\00\0c"
    "\16i64.atomic.rmw16.sub_u\00\0d"
    "\16i64.atomic.rmw32.sub_u\00\0e"
    "\12i32.atomic.rmw.and\00\0f"
    "\12i64.atomic.rmw.and\00\10"
    "\15i32.atomic.rmw8.and_u\00\11"
    "\16i32.atomic.rmw16.and_u\00\12"
    "\15i64.atomic.rmw8.and_u\00\13"
    "\16i64.atomic.rmw16.and_u\00\14"
    "\16i64.atomic.rmw32.and_u\00\15"
    "\11i32.atomic.rmw.or\00\16"
    "\11i64.atomic.rmw.or\00\17"
    "\14i32.atomic.rmw8.or_u\00\18"
    "\15i32.atomic.rmw16.or_u\00\19"
    "\14i64.atomic.rmw8.or_u\00\1a"
    "\15i64.atomic.rmw16.or_u\00\1b"
    "\15i64.atomic.rmw32.or_u\00\1c"
    "\12i32.atomic.rmw.xor\00\1d"
    "\12i64.atomic.rmw.xor\00\1e"
    "\15i32.atomic.rmw8.xor_u\00\1f"
    "\16i32.atomic.rmw16.xor_u\00\20"
    "\15i64.atomic.rmw8.xor_u\00\21"
    "\16i64.atomic.rmw16.xor_u\00\22"
    "\16i64.atomic.rmw32.xor_u\00\23"
    "\13i32.atomic.rmw.xchg\00\24"
    "\13i64.atomic.rmw.xchg\00\25"
    "\16i32.atomic.rmw8.xchg_u\00\26"
    "\17i32.atomic.rmw16.xchg_u\00\27"
    "\16i64.atomic.rmw8.xchg_u\00\28"
    "\17i64.atomic.rmw16.xchg_u\00\29"
    "\17i64.atomic.rmw32.xchg_u\00\2a"
  "\0a" "\b8\08" "\2b"  ;; code
    "\10\00\41\00\42\88\b3\aa\dd\cb\b9\b7\77\37\03\00\0b"  ;; i64.store of the word
    "\16\00\10\00\41\00\41\f8\ac\d1\91\01" "\fe\1e\02\00" "\1a\41\00\29\03\00\0b"  ;; i32.atomic.rmw.add
    "\1a\00\10\00\41\00\42\f1\bd\f3\d5\89\cf\95\9a\12" "\fe\1f\03\00" "\1a\41\00\29\03\00\0b"  ;; i64.atomic.rmw.add
    "\16\00\10\00\41\00\41\f8\ac\d1\91\01" "\fe\20\00\00" "\1a\41\00\29\03\00\0b"  ;; i32.atomic.rmw8.add_u
    "\16\00\10\00\41\00\41\f8\ac\d1\91\01" "\fe\21\01\00" "\1a\41\00\29\03\00\0b"  ;; i32.atomic.rmw16.add_u
    "\1a\00\10\00\41\00\42\f1\bd\f3\d5\89\cf\95\9a\12" "\fe\22\00\00" "\1a\41\00\29\03\00\0b"  ;; i64.atomic.rmw8.add_u
    "\1a\00\10\00\41\00\42\f1\bd\f3\d5\89\cf\95\9a\12" "\fe\23\01\00" "\1a\41\00\29\03\00\0b"  ;; i64.atomic.rmw16.add_u
    "\1a\00\10\00\41\00\42\f1\bd\f3\d5\89\cf\95\9a\12" "\fe\24\02\00" "\1a\41\00\29\03\00\0b"  ;; i64.atomic.rmw32.add_u
    "\16\00\10\00\41\00\41\f8\ac\d1\91\01" "\fe\25\02\00" "\1a\41\00\29\03\00\0b"  ;; i32.atomic.rmw.sub
    "\1a\00\10\00\41\00\42\f1\bd\f3\d5\89\cf\95\9a\12" "\fe\26\03\00" "\1a\41\00\29\03\00\0b"  ;; i64.atomic.rmw.sub
    "\16\00\10\00\41\00\41\f8\ac\d1\91\01" "\fe\27\00\00" "\1a\41\00\29\03\00\0b"  ;; i32.atomic.rmw8.sub_u
    "\16\00\10\00\41\00\41\f8\ac\d1\91\01" "\fe\28\01\00" "\1a\41\00\29\03\00\0b"  ;; i32.atomic.rmw16.sub_u
    "\1a\00\10\00\41\00\42\f1\bd\f3\d5\89\cf\95\9a\12" "\fe\29\00\00" "\1a\41\00\29\03\00\0b"  ;; i64.atomic.rmw8.sub_u
    "\1a\00\10\00\41\00\42\f1\bd\f3\d5\89\cf\95\9a\12" "\fe\2a\01\00" "\1a\41\00\29\03\00\0b"  ;; i64.atomic.rmw16.sub_u
    "\1a\00\10\00\41\00\42\f1\bd\f3\d5\89\cf\95\9a\12" "\fe\2b\02\00" "\1a\41\00\29\03\00\0b"  ;; i64.atomic.rmw32.sub_u
    "\16\00\10\00\41\00\41\f8\ac\d1\91\01" "\fe\2c\02\00" "\1a\41\00\29\03\00\0b"  ;; i32.atomic.rmw.and
    "\1a\00\10\00\41\00\42\f1\bd\f3\d5\89\cf\95\9a\12" "\fe\2d\03\00" "\1a\41\00\29\03\00\0b"  ;; i64.atomic.rmw.and
    "\16\00\10\00\41\00\41\f8\ac\d1\91\01" "\fe\2e\00\00" "\1a\41\00\29\03\00\0b"  ;; i32.atomic.rmw8.and_u
    "\16\00\10\00\41\00\41\f8\ac\d1\91\01" "\fe\2f\01\00" "\1a\41\00\29\03\00\0b"  ;; i32.atomic.rmw16.and_u
    "\1a\00\10\00\41\00\42\f1\bd\f3\d5\89\cf\95\9a\12" "\fe\30\00\00" "\1a\41\00\29\03\00\0b"  ;; i64.atomic.rmw8.and_u
    "\1a\00\10\00\41\00\42\f1\bd\f3\d5\89\cf\95\9a\12" "\fe\31\01\00" "\1a\41\00\29\03\00\0b"  ;; i64.atomic.rmw16.and_u
    "\1a\00\10\00\41\00\42\f1\bd\f3\d5\89\cf\95\9a\12" "\fe\32\02\00" "\1a\41\00\29\03\00\0b"  ;; i64.atomic.rmw32.and_u
    "\16\00\10\00\41\00\41\f8\ac\d1\91\01" "\fe\33\02\00" "\1a\41\00\29\03\00\0b"  ;; i32.atomic.rmw.or
    "\1a\00\10\00\41\00\42\f1\bd\f3\d5\89\cf\95\9a\12" "\fe\34\03\00" "\1a\41\00\29\03\00\0b"  ;; i64.atomic.rmw.or
    "\16\00\10\00\41\00\41\f8\ac\d1\91\01" "\fe\35\00\00" "\1a\41\00\29\03\00\0b"  ;; i32.atomic.rmw8.or_u
    "\16\00\10\00\41\00\41\f8\ac\d1\91\01" "\fe\36\01\00" "\1a\41\00\29\03\00\0b"  ;; i32.atomic.rmw16.or_u
    "\1a\00\10\00\41\00\42\f1\bd\f3\d5\89\cf\95\9a\12" "\fe\37\00\00" "\1a\41\00\29\03\00\0b"  ;; i64.atomic.rmw8.or_u
    "\1a\00\10\00\41\00\42\f1\bd\f3\d5\89\cf\95\9a\12" "\fe\38\01\00" "\1a\41\00\29\03\00\0b"  ;; i64.atomic.rmw16.or_u
    "\1a\00\10\00\41\00\42\f1\bd\f3\d5\89\cf\95\9a\12" "\fe\39\02\00" "\1a\41\00\29\03\00\0b"  ;; i64.atomic.rmw32.or_u
    "\16\00\10\00\41\00\41\f8\ac\d1\91\01" "\fe\3a\02\00" "\1a\41\00\29\03\00\0b"  ;; i32.atomic.rmw.xor
    "\1a\00\10\00\41\00\42\f1\bd\f3\d5\89\cf\95\9a\12" "\fe\3b\03\00" "\1a\41\00\29\03\00\0b"  ;; i64.atomic.rmw.xor
    "\16\00\10\00\41\00\41\f8\ac\d1\91\01" "\fe\3c\00\00" "\1a\41\00\29\03\00\0b"  ;; i32.atomic.rmw8.xor_u
    "\16\00\10\00\41\00\41\f8\ac\d1\91\01" "\fe\3d\01\00" "\1a\41\00\29\03\00\0b"  ;; i32.atomic.rmw16.xor_u
    "\1a\00\10\00\41\00\42\f1\bd\f3\d5\89\cf\95\9a\12" "\fe\3e\00\00" "\1a\41\00\29\03\00\0b"  ;; i64.atomic.rmw8.xor_u
    "\1a\00\10\00\41\00\42\f1\bd\f3\d5\89\cf\95\9a\12" "\fe\3f\01\00" "\1a\41\00\29\03\00\0b"  ;; i64.atomic.rmw16.xor_u
    "\1a\00\10\00\41\00\42\f1\bd\f3\d5\89\cf\95\9a\12" "\fe\40\02\00" "\1a\41\00\29\03\00\0b"  ;; i64.atomic.rmw32.xor_u
    "\16\00\10\00\41\00\41\f8\ac\d1\91\01" "\fe\41\02\00" "\1a\41\00\29\03\00\0b"  ;; i32.atomic.rmw.xchg
    "\1a\00\10\00\41\00\42\f1\bd\f3\d5\89\cf\95\9a\12" "\fe\42\03\00" "\1a\41\00\29\03\00\0b"  ;; i64.atomic.rmw.xchg
    "\16\00\10\00\41\00\41\f8\ac\d1\91\01" "\fe\43\00\00" "\1a\41\00\29\03\00\0b"  ;; i32.atomic.rmw8.xchg_u
    "\16\00\10\00\41\00\41\f8\ac\d1\91\01" "\fe\44\01\00" "\1a\41\00\29\03\00\0b"  ;; i32.atomic.rmw16.xchg_u
    "\1a\00\10\00\41\00\42\f1\bd\f3\d5\89\cf\95\9a\12" "\fe\45\00\00" "\1a\41\00\29\03\00\0b"  ;; i64.atomic.rmw8.xchg_u
    "\1a\00\10\00\41\00\42\f1\bd\f3\d5\89\cf\95\9a\12" "\fe\46\01\00" "\1a\41\00\29\03\00\0b"  ;; i64.atomic.rmw16.xchg_u
    "\1a\00\10\00\41\00\42\f1\bd\f3\d5\89\cf\95\9a\12" "\fe\47\02\00" "\1a\41\00\29\03\00\0b"  ;; i64.atomic.rmw32.xchg_u
)

(assert_return (invoke "i32.atomic.rmw.add") (i64.const 0xffeeddcccddef000))
(assert_return (invoke "i64.atomic.rmw.add") (i64.const 0x1223344556677879))
(assert_return (invoke "i32.atomic.rmw8.add_u") (i64.const 0xffeeddccbbaa9900))
(assert_return (invoke "i32.atomic.rmw16.add_u") (i64.const 0xffeeddccbbaaf000))
(assert_return (invoke "i64.atomic.rmw8.add_u") (i64.const 0xffeeddccbbaa9979))
(assert_return (invoke "i64.atomic.rmw16.add_u") (i64.const 0xffeeddccbbaa7879))
(assert_return (invoke "i64.atomic.rmw32.add_u") (i64.const 0xffeeddcc56677879))

(assert_return (invoke "i32.atomic.rmw.sub") (i64.const 0xffeeddcca9764310))
(assert_return (invoke "i64.atomic.rmw.sub") (i64.const 0xedba875420edba97))
(assert_return (invoke "i32.atomic.rmw8.sub_u") (i64.const 0xffeeddccbbaa9910))
(assert_return (invoke "i32.atomic.rmw16.sub_u") (i64.const 0xffeeddccbbaa4310))
(assert_return (invoke "i64.atomic.rmw8.sub_u") (i64.const 0xffeeddccbbaa9997))
(assert_return (invoke "i64.atomic.rmw16.sub_u") (i64.const 0xffeeddccbbaaba97))
(assert_return (invoke "i64.atomic.rmw32.sub_u") (i64.const 0xffeeddcc20edba97))

(assert_return (invoke "i32.atomic.rmw.and") (i64.const 0xffeeddcc12201008))
(assert_return (invoke "i64.atomic.rmw.and") (i64.const 0x122454489aa89880))
(assert_return (invoke "i32.atomic.rmw8.and_u") (i64.const 0xffeeddccbbaa9908))
(assert_return (invoke "i32.atomic.rmw16.and_u") (i64.const 0xffeeddccbbaa1008))
(assert_return (invoke "i64.atomic.rmw8.and_u") (i64.const 0xffeeddccbbaa9980))
(assert_return (invoke "i64.atomic.rmw16.and_u") (i64.const 0xffeeddccbbaa9880))
(assert_return (invoke "i64.atomic.rmw32.and_u") (i64.const 0xffeeddcc9aa89880))

(assert_return (invoke "i32.atomic.rmw.or") (i64.const 0xffeeddccbbbedff8))
(assert_return (invoke "i64.atomic.rmw.or") (i64.const 0xfffedffcbbbedff9))
(assert_return (invoke "i32.atomic.rmw8.or_u") (i64.const 0xffeeddccbbaa99f8))
(assert_return (invoke "i32.atomic.rmw16.or_u") (i64.const 0xffeeddccbbaadff8))
(assert_return (invoke "i64.atomic.rmw8.or_u") (i64.const 0xffeeddccbbaa99f9))
(assert_return (invoke "i64.atomic.rmw16.or_u") (i64.const 0xffeeddccbbaadff9))
(assert_return (invoke "i64.atomic.rmw32.or_u") (i64.const 0xffeeddccbbbedff9))

(assert_return (invoke "i32.atomic.rmw.xor") (i64.const 0xffeeddcca99ecff0))
(assert_return (invoke "i64.atomic.rmw.xor") (i64.const 0xedda8bb421164779))
(assert_return (invoke "i32.atomic.rmw8.xor_u") (i64.const 0xffeeddccbbaa99f0))
(assert_return (invoke "i32.atomic.rmw16.xor_u") (i64.const 0xffeeddccbbaacff0))
(assert_return (invoke "i64.atomic.rmw8.xor_u") (i64.const 0xffeeddccbbaa9979))
(assert_return (invoke "i64.atomic.rmw16.xor_u") (i64.const 0xffeeddccbbaa4779))
(assert_return (invoke "i64.atomic.rmw32.xor_u") (i64.const 0xffeeddcc21164779))

(assert_return (invoke "i32.atomic.rmw.xchg") (i64.const 0xffeeddcc12345678))
(assert_return (invoke "i64.atomic.rmw.xchg") (i64.const 0x123456789abcdef1))
(assert_return (invoke "i32.atomic.rmw8.xchg_u") (i64.const 0xffeeddccbbaa9978))
(assert_return (invoke "i32.atomic.rmw16.xchg_u") (i64.const 0xffeeddccbbaa5678))
(assert_return (invoke "i64.atomic.rmw8.xchg_u") (i64.const 0xffeeddccbbaa99f1))
(assert_return (invoke "i64.atomic.rmw16.xchg_u") (i64.const 0xffeeddccbbaadef1))
(assert_return (invoke "i64.atomic.rmw32.xchg_u") (i64.const 0xffeeddcc9abcdef1))
