;; title:    cmpxchg leaves the locals that hold its operands as they are, found or not
;; spec:     exec-atomic.rmw.cmpxchg
;; features: threads
;; threads:  1
;; why:      wabt #2784, walrus #282

;; Machines and C++ overwrite the expected value of a failed exchange; WebAssembly has no such effect. The three operands,
;; used again, must add up.
(module
  (memory 1 1 shared)
  (data (i32.const 8) "\05\00\00\00\00\00\00\00")
  (func (export "i32") (param $at i32) (param $expected i32) (param $new i32) (result i32)
    (drop (i32.atomic.rmw.cmpxchg (local.get $at) (local.get $expected) (local.get $new)))
    (i32.add (local.get $at) (i32.add (local.get $expected) (local.get $new))))
  (func (export "i32 8") (param $at i32) (param $expected i32) (param $new i32) (result i32)
    (drop (i32.atomic.rmw8.cmpxchg_u (local.get $at) (local.get $expected) (local.get $new)))
    (i32.add (local.get $at) (i32.add (local.get $expected) (local.get $new))))
  (func (export "i64") (param $at i32) (param $expected i64) (param $new i64) (result i64)
    (drop (i64.atomic.rmw.cmpxchg (local.get $at) (local.get $expected) (local.get $new)))
    (i64.add (i64.extend_i32_u (local.get $at)) (i64.add (local.get $expected) (local.get $new))))
  ;; The result replaces the expected value only where the program says so.
  (func (export "result over expected") (param $at i32) (param $expected i32) (param $new i32) (result i32)
    (local.set $expected (i32.atomic.rmw.cmpxchg (local.get $at) (local.get $expected) (local.get $new)))
    (i32.sub (local.get $expected) (local.get $new)))
)

(assert_return (invoke "i32" (i32.const 8) (i32.const 100) (i32.const 1000)) (i32.const 1108))
(assert_return (invoke "i32" (i32.const 8) (i32.const 5) (i32.const 6)) (i32.const 19))
(assert_return (invoke "i32 8" (i32.const 8) (i32.const 0x1107) (i32.const 0x2200)) (i32.const 0x330f))
(assert_return (invoke "i32 8" (i32.const 8) (i32.const 0x1106) (i32.const 0x2207)) (i32.const 0x3315))
(assert_return (invoke "i64" (i32.const 8) (i64.const 0x100000000) (i64.const 2)) (i64.const 0x10000000a))
(assert_return (invoke "i64" (i32.const 8) (i64.const 7) (i64.const 9)) (i64.const 24))
(assert_return (invoke "result over expected" (i32.const 8) (i32.const 1) (i32.const 4)) (i32.const 5))
(assert_return (invoke "result over expected" (i32.const 8) (i32.const 9) (i32.const 4)) (i32.const 5))
