;; title:    how the memory argument of an atomic access is written
;; spec:     text-memarg
;; features: threads
;; threads:  1

;; Without align= the alignment is the natural one; numbers may be hexadecimal and have underscores; offset= comes first.
(module
  (memory 1 1 shared)
  (data (i32.const 16) "\07\00\00\00\00\00\00\00")
  (func (export "flat") (result i32)
    i32.const 0
    i32.atomic.load offset=16 align=4)
  (func (export "folded") (result i32) (i32.atomic.load offset=0x10 align=0x4 (i32.const 0)))
  (func (export "underscore") (result i64) (i64.atomic.load offset=1_6 align=8 (i32.const 0)))
  (func (export "align only") (result i32) (i32.atomic.rmw.add align=4 (i32.const 16) (i32.const 0)))
  (func (export "offset only") (result i64)
    (i64.atomic.rmw32.cmpxchg_u offset=12 (i32.const 4) (i64.const 0) (i64.const 0)))
  (func (export "notify") (result i32) (memory.atomic.notify offset=16 align=4 (i32.const 0) (i32.const 1)))
  (func (export "wait") (result i32)
    (memory.atomic.wait64 offset=16 align=8 (i32.const 0) (i64.const 0) (i64.const -1)))
)

(assert_return (invoke "flat") (i32.const 7))
(assert_return (invoke "folded") (i32.const 7))
(assert_return (invoke "underscore") (i64.const 7))
(assert_return (invoke "align only") (i32.const 7))
(assert_return (invoke "offset only") (i64.const 7))
(assert_return (invoke "notify") (i32.const 0))
(assert_return (invoke "wait") (i32.const 1))

(assert_malformed
  (module quote "(memory 1 1 shared) (func (drop (i32.atomic.load align=4 offset=0 (i32.const 0))))")
  "unexpected token")
(assert_malformed
  (module quote "(memory 1 1 shared) (func (drop (i32.atomic.load align=3 (i32.const 0))))")
  "alignment must be a power of two")
(assert_malformed
  (module quote "(memory 1 1 shared) (func (drop (i32.atomic.load align=0 (i32.const 0))))")
  "alignment must be a power of two")
(assert_malformed
  (module quote "(memory 1 1 shared) (func (drop (i32.atomic.load offset=-1 (i32.const 0))))")
  "un")
