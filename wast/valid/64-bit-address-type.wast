;; title:    the address operand of an atomic access has the address type of its memory
;; spec:     valid-memarg
;; features: threads memory64
;; threads:  1

;; One instruction of each kind, with the other type
(module
  (memory i64 1 1 shared)
  (func (drop (i32.atomic.load offset=0xffffffffffffffff (i64.const 0)))))

(assert_invalid
  (module (memory i64 1 1 shared) (func (drop (i32.atomic.load (i32.const 0)))))
  "type mismatch")
(assert_invalid
  (module (memory i64 1 1 shared) (func (i64.atomic.store16 (i32.const 0) (i64.const 0))))
  "type mismatch")
(assert_invalid
  (module (memory i64 1 1 shared) (func (drop (i32.atomic.rmw8.xor_u (i32.const 0) (i32.const 0)))))
  "type mismatch")
(assert_invalid
  (module (memory i64 1 1 shared) (func (drop (i64.atomic.rmw.cmpxchg (i32.const 0) (i64.const 0) (i64.const 0)))))
  "type mismatch")
(assert_invalid
  (module (memory i64 1 1 shared) (func (drop (memory.atomic.notify (i32.const 0) (i32.const 0)))))
  "type mismatch")
(assert_invalid
  (module (memory i64 1 1 shared) (func (drop (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const 0)))))
  "type mismatch")
(assert_invalid
  (module (memory i64 1 1 shared) (func (drop (memory.atomic.wait64 (i32.const 0) (i64.const 0) (i64.const 0)))))
  "type mismatch")
;; The count of a notify is an i32 all the same.
(assert_invalid
  (module (memory i64 1 1 shared) (func (drop (memory.atomic.notify (i64.const 0) (i64.const 0)))))
  "type mismatch")
(assert_invalid
  (module (memory 1 1 shared) (func (drop (i32.atomic.load (i64.const 0)))))
  "type mismatch")
;; 33 bits are too many for the offset in a 32-bit memory.
(assert_invalid
  (module (memory 1 1 shared) (func (drop (i32.atomic.load offset=0x100000000 (i32.const 0)))))
  "offset out of range")
