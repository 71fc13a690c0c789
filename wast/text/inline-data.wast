;; title:    a memory that is written as its data is not shared, and has no way to say so
;; spec:     text-mem-abbrev
;; features: threads
;; threads:  1

(module
  (memory (export "memory") (data "\07\00\00\00"))
  (func (export "load") (result i32) (i32.atomic.load (i32.const 0)))
  (func (export "wait") (result i32) (memory.atomic.wait32 (i32.const 0) (i32.const 1) (i64.const 0)))
)
(assert_return (invoke "load") (i32.const 7))
(assert_trap (invoke "wait") "expected shared memory")

(assert_malformed (module quote "(memory shared (data \"\\07\"))") "unexpected token")
(assert_malformed (module quote "(memory (data \"\\07\") shared)") "unexpected token")
(assert_malformed (module quote "(memory (data shared \"\\07\"))") "un")
(assert_malformed (module quote "(memory 1 1 shared (data \"\\07\"))") "unexpected token")
(assert_malformed (module quote "(memory 1 1 (data \"\\07\") shared)") "unexpected token")
