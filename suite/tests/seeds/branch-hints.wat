;; Branch hints in functions with and without locals. Flat instructions only: before a folded one wat2wasm hints at the first operand.
(module
  (import "m" "f" (func $f (param i32)))
  (func (param i32) (result i32) (local i64 i64 i32)
    block $out
      local.get 0
      (@metadata.code.branch_hint "\01") br_if $out
      local.get 0
      (@metadata.code.branch_hint "\00")
      if
        i32.const 1000
        call $f
        local.get 0
        (@metadata.code.branch_hint "\01")
        br_if 1
      end
    end
    local.get 0)
  (func)
  (func i32.const 1 (@metadata.code.branch_hint "\01") if else end))
