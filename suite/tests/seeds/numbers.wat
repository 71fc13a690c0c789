;; constants, conversions, sign extension, saturation, select, globals
(module
  (import "m" "g" (global $imported i32))
  (global $a (mut i64) (i64.const -7))
  (global $b f64 (f64.const 0x1.8p+3))
  (global $c i32 (global.get $imported))
  (func (export "f") (param i32 i64 f32 f64) (result f64)
    (local $x i64)
    (global.set $a (i64.mul (local.get 1) (i64.extend_i32_s (i32.extend8_s (local.get 0)))))
    (local.set $x (select (i64.rotl (local.get 1) (i64.const 9)) (i64.trunc_sat_f64_u (local.get 3)) (local.get 0)))
    (drop (i32.div_s (local.get 0) (i32.wrap_i64 (local.get $x))))
    (drop (f32.copysign (f32.nearest (local.get 2)) (f32.const -0)))
    (f64.add (global.get $b) (f64.promote_f32 (f32.reinterpret_i32 (i32.popcnt (local.get 0)))))))
