;; title:    offset= and align= are single words with a number, each at most once, the offset first
;; spec:     text-memarg
;; features: threads
;; threads:  1

(module
  (memory 1 1 shared)
  (data (i32.const 8) "\01\02\03\04\05\06\07\08")
  (func (export "offset=8 align=8") (result i64) (i64.atomic.load offset=8 align=8 (i32.const 0)))
  (func (export "offset=+hex") (result i64) (i64.atomic.load offset=0x0000_0008 (i32.const 0)))
  (func (export "comment between") (result i64) (i64.atomic.load offset=8 (; and ;) align=0x08 (i32.const 0)))
  (func (export "align=1") (result i32) (i32.atomic.rmw8.or_u offset=9 align=1 (i32.const 0) (i32.const 0)))
  (func (export "largest") (result i32) (i32.atomic.load8_u offset=4294967295 (i32.const 0)))
)
(assert_return (invoke "offset=8 align=8") (i64.const 0x0807060504030201))
(assert_return (invoke "offset=+hex") (i64.const 0x0807060504030201))
(assert_return (invoke "comment between") (i64.const 0x0807060504030201))
(assert_return (invoke "align=1") (i32.const 2))
(assert_trap (invoke "largest") "out of bounds memory access")

(assert_malformed (module quote "(memory 1) (func (drop (i32.atomic.load align=4 offset=8 (i32.const 0))))") "un")
(assert_malformed (module quote "(memory 1) (func (drop (i32.atomic.load offset=8 offset=8 (i32.const 0))))") "un")
(assert_malformed (module quote "(memory 1) (func (drop (i32.atomic.load align=4 align=4 (i32.const 0))))") "un")
(assert_malformed (module quote "(memory 1) (func (drop (i32.atomic.load offset = 8 (i32.const 0))))") "un")
(assert_malformed (module quote "(memory 1) (func (drop (i32.atomic.load offset= (i32.const 0))))") "un")
(assert_malformed (module quote "(memory 1) (func (drop (i32.atomic.load offset=+8 (i32.const 0))))") "un")
(assert_malformed (module quote "(memory 1) (func (drop (i32.atomic.load align=-4 (i32.const 0))))") "un")
(assert_malformed (module quote "(memory 1) (func (drop (i32.atomic.load (i32.const 0) offset=8)))") "un")
(assert_malformed (module quote "(memory 1) (func (drop (i32.atomic.load align=5 (i32.const 0))))") "alignment")
(assert_malformed (module quote "(memory 1) (func (drop (i32.atomic.load align=0 (i32.const 0))))") "alignment")
(assert_malformed (module quote "(func (atomic.fence offset=0))") "un")
(assert_malformed (module quote "(func (atomic.fence align=1))") "un")
(assert_malformed (module quote "(func (atomic.fence 0))") "un")
