;; Branch hints, flat and folded, in functions with and without locals.
(module
  (import "m" "f" (func $f (param i32)))
  (func (param i32) (result i32) (local i64 i64 i32)
    block $out
      local.get 0
      (@metadata.code.branch_hint "\01") br_if $out
      (@metadata.code.branch_hint "\00")
      (if (i32.eqz (local.get 0)) (then (call $f (i32.const 1000)) (@metadata.code.branch_hint "\01") (br_if 1 (local.get 0))))
    end
    local.get 0)
  (func)
  (func (@metadata.code.branch_hint "\01") (if (i32.const 1) (then))))
