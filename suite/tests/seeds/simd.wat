;; vectors: constants, lanes, shuffles, accesses
(module
  (memory 1)
  (global v128 (v128.const i32x4 1 2 3 4))
  (func (export "f") (param i32 v128) (result v128)
    (local v128)
    (local.set 2 (i8x16.shuffle 0 1 2 3 4 5 6 7 24 25 26 27 28 29 30 31 (local.get 1) (global.get 0)))
    (v128.store offset=16 (local.get 0) (i32x4.replace_lane 2 (local.get 2) (local.get 0)))
    (v128.store16_lane offset=4 3 (i32.const 0) (local.get 1))
    (f32x4.add (v128.load32_splat (i32.const 4)) (f32x4.convert_i32x4_s (v128.load8x8_u offset=1 (i32.const 8))))))
