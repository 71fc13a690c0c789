;; What --data and @FILE are for: an export that reads memory, and a malloc, which gives nothing twice.
(module
  (memory 1)
  (global $next (mut i32) (i32.const 0))
  (func (export "_initialize") (global.set $next (i32.const 1024)))
  (func (export "malloc") (param $size i32) (result i32)
    (if (result i32) (i32.gt_u (i32.add (global.get $next) (local.get $size)) (i32.const 65536))
      (then (i32.const 0))
      (else
        (global.get $next)
        (global.set $next (i32.add (global.get $next) (local.get $size))))))
  (func (export "byte") (param i32) (result i32) (i32.load8_u (local.get 0)))
  (func (export "two") (param i32 i32) (result i32 i32 i32)
    (local.get 0) (i32.load8_u (local.get 0)) (i32.load8_u (local.get 1)))
  (func (export "real") (param f32)))
