;; What annotations say: custom sections at their places, names that are no identifiers, branch hints.
(module $m (@name "a module")
  (@custom "first" (before first) "\00\01" "two")
  (type $t (@name "a type") (func (param (@name "a parameter") i32)))
  (@custom "behind types" (after type) "")
  (import "m" "f" (func $f (@name "an import") (type $t)))
  (tag $e (@name "an exception") (type $t))
  (func $g (@name "λ") (param $x (@name "x y") i32) (result i32) (local (@name "a local") i64)
    block $out
      local.get $x
      (@metadata.code.branch_hint "\01") br_if $out
      (@metadata.code.branch_hint "\00")
      (if (local.get $x) (then (throw $e (local.get $x))))
    end
    local.get $x)
  (@unknown "is" (a comment))
  (@custom "before code" (before code) "x")
  (memory 1)
  (@custom "no such section" (after start))
  (@custom "last"))
