;; title:    memory.copy of many pages onto themselves, one byte or one page further, copies as if through a buffer
;; spec:     exec-memory.copy
;; features: threads
;; threads:  1

;; 33 pages whose byte at a is the low byte of (a * 7) xor (a >> 8): no two near regions are alike. "wrong" counts the
;; bytes between two addresses that are not what was at a distance from there.
(module
  (memory 34 34 shared)
  (func $byte (param $a i32) (result i32)
    (i32.and (i32.const 0xff)
      (i32.xor (i32.mul (local.get $a) (i32.const 7)) (i32.shr_u (local.get $a) (i32.const 8)))))
  (func (export "reset")
    (local $a i32)
    (loop $next
      (i32.store8 (local.get $a) (call $byte (local.get $a)))
      (br_if $next (i32.lt_u (local.tee $a (i32.add (local.get $a) (i32.const 1))) (i32.const 2162688)))))
  (func (export "copy") (param i32 i32 i32) (memory.copy (local.get 0) (local.get 1) (local.get 2)))
  (func (export "wrong") (param $from i32) (param $to i32) (param $distance i32) (result i32)
    (local $wrong i32)
    (loop $next
      (local.set $wrong (i32.add (local.get $wrong) (i32.ne
        (i32.load8_u (local.get $from)) (call $byte (i32.sub (local.get $from) (local.get $distance))))))
      (br_if $next (i32.lt_u (local.tee $from (i32.add (local.get $from) (i32.const 1))) (local.get $to))))
    (local.get $wrong))
)

;; One byte up, and one down
(invoke "reset")
(invoke "copy" (i32.const 1) (i32.const 0) (i32.const 2162687))
(assert_return (invoke "wrong" (i32.const 1) (i32.const 2162688) (i32.const 1)) (i32.const 0))
(assert_return (invoke "wrong" (i32.const 0) (i32.const 1) (i32.const 0)) (i32.const 0))
(invoke "reset")
(invoke "copy" (i32.const 0) (i32.const 1) (i32.const 2162687))
(assert_return (invoke "wrong" (i32.const 0) (i32.const 2162687) (i32.const -1)) (i32.const 0))
(assert_return (invoke "wrong" (i32.const 2162687) (i32.const 2162688) (i32.const 0)) (i32.const 0))
;; A page up, and a page down
(invoke "reset")
(invoke "copy" (i32.const 65536) (i32.const 0) (i32.const 196608))
(assert_return (invoke "wrong" (i32.const 65536) (i32.const 2162688) (i32.const 65536)) (i32.const 0))
(assert_return (invoke "wrong" (i32.const 0) (i32.const 65536) (i32.const 0)) (i32.const 0))
(invoke "reset")
(invoke "copy" (i32.const 0) (i32.const 65536) (i32.const 196608))
(assert_return (invoke "wrong" (i32.const 0) (i32.const 196608) (i32.const -65536)) (i32.const 0))
(assert_return (invoke "wrong" (i32.const 196608) (i32.const 2162688) (i32.const 0)) (i32.const 0))
;; Seven bytes, over a border of pages
(invoke "reset")
(invoke "copy" (i32.const 65530) (i32.const 65523) (i32.const 131072))
(assert_return (invoke "wrong" (i32.const 65530) (i32.const 196602) (i32.const 7)) (i32.const 0))
(assert_return (invoke "wrong" (i32.const 0) (i32.const 65530) (i32.const 0)) (i32.const 0))
(invoke "reset")
(invoke "copy" (i32.const 65523) (i32.const 65530) (i32.const 131072))
(assert_return (invoke "wrong" (i32.const 65523) (i32.const 196595) (i32.const -7)) (i32.const 0))
(assert_return (invoke "wrong" (i32.const 196602) (i32.const 2162688) (i32.const 0)) (i32.const 0))
