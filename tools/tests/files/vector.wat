(module
  (func (export "sums") (param v128 v128) (result v128 i32)
    (i8x16.add (local.get 0) (local.get 1))
    (i8x16.extract_lane_u 15 (local.get 1))))
