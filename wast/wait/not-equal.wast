;; title:    a wait that does not find its expected value returns 1 at once, whatever the timeout
;; spec:     exec-memory.atomic.waitn
;; features: threads
;; threads:  1

;; The word at 8 is 0x11223344_55667788. The two waits that find it have a timeout of 0: they would return 2.
(module
  (memory 1 1 shared)
  (data (i32.const 8) "\88\77\66\55\44\33\22\11")
  (func (export "wait32") (param i32 i32 i64) (result i32)
    (memory.atomic.wait32 (local.get 0) (local.get 1) (local.get 2)))
  (func (export "wait64") (param i32 i64 i64) (result i32)
    (memory.atomic.wait64 (local.get 0) (local.get 1) (local.get 2)))
)

(assert_return (invoke "wait32" (i32.const 8) (i32.const 0) (i64.const -1)) (i32.const 1))
(assert_return (invoke "wait32" (i32.const 8) (i32.const 0) (i64.const 0)) (i32.const 1))
(assert_return (invoke "wait32" (i32.const 8) (i32.const 0) (i64.const 1)) (i32.const 1))
(assert_return (invoke "wait32" (i32.const 8) (i32.const 0) (i64.const 0x7fffffffffffffff)) (i32.const 1))
(assert_return (invoke "wait32" (i32.const 8) (i32.const 0) (i64.const 0x8000000000000000)) (i32.const 1))
;; One bit at either end
(assert_return (invoke "wait32" (i32.const 8) (i32.const 0x55667789) (i64.const -1)) (i32.const 1))
(assert_return (invoke "wait32" (i32.const 8) (i32.const 0xd5667788) (i64.const -1)) (i32.const 1))
;; Nothing but the 32 bits counts.
(assert_return (invoke "wait32" (i32.const 8) (i32.const 0x55667788) (i64.const 0)) (i32.const 2))

(assert_return (invoke "wait64" (i32.const 8) (i64.const 0) (i64.const -1)) (i32.const 1))
(assert_return (invoke "wait64" (i32.const 8) (i64.const 0) (i64.const 0)) (i32.const 1))
(assert_return (invoke "wait64" (i32.const 8) (i64.const 0) (i64.const 0x7fffffffffffffff)) (i32.const 1))
(assert_return (invoke "wait64" (i32.const 8) (i64.const 0x1122334455667789) (i64.const -1)) (i32.const 1))
;; All 64 bits count.
(assert_return (invoke "wait64" (i32.const 8) (i64.const 0x1122334555667788) (i64.const 0)) (i32.const 1))
(assert_return (invoke "wait64" (i32.const 8) (i64.const 0x9122334455667788) (i64.const 0)) (i32.const 1))
(assert_return (invoke "wait64" (i32.const 8) (i64.const 0x55667788) (i64.const 0)) (i32.const 1))
(assert_return (invoke "wait64" (i32.const 8) (i64.const 0x1122334455667788) (i64.const 0)) (i32.const 2))
