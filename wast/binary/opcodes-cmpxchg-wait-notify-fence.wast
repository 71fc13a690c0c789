;; title:    the opcodes of cmpxchg, wait, notify and fence
;; spec:     binary-instr-atomic-memory
;; features: threads
;; threads:  1

;; The word at 0 is set to 0xffeeddcc_bbaa9988 first. In the second string of each body stand the opcode and its immediates.
;; A cmpxchg finds what it expects, and the word is returned; a wait does not, and returns 1; fence has a 5 beneath it.
(module binary
  "\00asm" "\01\00\00\00"
  "\01\0c\03" "\60\00\00" "\60\00\01\7f" "\60\00\01\7e"  ;; types: [] -> [], [] -> [i32], [] -> [i64]
  "\03" "\0d" "\0c"  ;; functions: one to set the word, and these
    "\00\02\02\02\02\02\02\02\01\01\01\01"
  "\05\04\01" "\03\01\01"  ;; memory: 1 1 shared
  "\07" "\96\02" "\0b"  ;; exports
    "\16i32.atomic.rmw.cmpxchg\00\01"
    "\16i64.atomic.rmw.cmpxchg\00\02"
    "\19i32.atomic.rmw8.cmpxchg_u\00\03"
    "\1ai32.atomic.rmw16.cmpxchg_u\00\04"
    "\19i64.atomic.rmw8.cmpxchg_u\00\05"
    "\1ai64.atomic.rmw16.cmpxchg_u\00\06"
    "\1ai64.atomic.rmw32.cmpxchg_u\00\07"
    "\14memory.atomic.notify\00\08"
    "\14memory.atomic.wait32\00\09"
    "\14memory.atomic.wait64\00\0a"
    "\0catomic.fence\00\0b"
  "\0a" "\9b\02" "\0c"  ;; code
    "\10\00\41\00\42\88\b3\aa\dd\cb\b9\b7\77\37\03\00\0b"  ;; i64.store of the word
    "\1c\00\10\00\41\00\41\88\b3\aa\dd\7b\41\f8\ac\d1\91\01" "\fe\48\02\00" "\1a\41\00\29\03\00\0b"  ;; i32.atomic.rmw.cmpxchg
    "\23\00\10\00\41\00\42\88\b3\aa\dd\cb\b9\b7\77\42\f1\bd\f3\d5\89\cf\95\9a\12" "\fe\49\03\00" "\1a\41\00\29\03\00\0b"  ;; i64.atomic.rmw.cmpxchg
    "\19\00\10\00\41\00\41\88\01\41\f8\ac\d1\91\01" "\fe\4a\00\00" "\1a\41\00\29\03\00\0b"  ;; i32.atomic.rmw8.cmpxchg_u
    "\1a\00\10\00\41\00\41\88\b3\02\41\f8\ac\d1\91\01" "\fe\4b\01\00" "\1a\41\00\29\03\00\0b"  ;; i32.atomic.rmw16.cmpxchg_u
    "\1d\00\10\00\41\00\42\88\01\42\f1\bd\f3\d5\89\cf\95\9a\12" "\fe\4c\00\00" "\1a\41\00\29\03\00\0b"  ;; i64.atomic.rmw8.cmpxchg_u
    "\1e\00\10\00\41\00\42\88\b3\02\42\f1\bd\f3\d5\89\cf\95\9a\12" "\fe\4d\01\00" "\1a\41\00\29\03\00\0b"  ;; i64.atomic.rmw16.cmpxchg_u
    "\20\00\10\00\41\00\42\88\b3\aa\dd\0b\42\f1\bd\f3\d5\89\cf\95\9a\12" "\fe\4e\02\00" "\1a\41\00\29\03\00\0b"  ;; i64.atomic.rmw32.cmpxchg_u
    "\0c\00\10\00\41\00\41\07" "\fe\00\02\00" "\0b"  ;; memory.atomic.notify
    "\0e\00\10\00\41\00\41\07\42\7f" "\fe\01\02\00" "\0b"  ;; memory.atomic.wait32
    "\0e\00\10\00\41\00\42\07\42\7f" "\fe\02\03\00" "\0b"  ;; memory.atomic.wait64
    "\09\00\10\00\41\05" "\fe\03\00" "\0b"  ;; atomic.fence
)

(assert_return (invoke "i32.atomic.rmw.cmpxchg") (i64.const 0xffeeddcc12345678))
(assert_return (invoke "i64.atomic.rmw.cmpxchg") (i64.const 0x123456789abcdef1))
(assert_return (invoke "i32.atomic.rmw8.cmpxchg_u") (i64.const 0xffeeddccbbaa9978))
(assert_return (invoke "i32.atomic.rmw16.cmpxchg_u") (i64.const 0xffeeddccbbaa5678))
(assert_return (invoke "i64.atomic.rmw8.cmpxchg_u") (i64.const 0xffeeddccbbaa99f1))
(assert_return (invoke "i64.atomic.rmw16.cmpxchg_u") (i64.const 0xffeeddccbbaadef1))
(assert_return (invoke "i64.atomic.rmw32.cmpxchg_u") (i64.const 0xffeeddcc9abcdef1))

(assert_return (invoke "memory.atomic.notify") (i32.const 0))
(assert_return (invoke "memory.atomic.wait32") (i32.const 1))
(assert_return (invoke "memory.atomic.wait64") (i32.const 1))
(assert_return (invoke "atomic.fence") (i32.const 5))
