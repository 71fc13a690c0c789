;; blocks, loops, branches with values, tables of branches, calls of every kind
(module
  (type $pair (func (param i32 i64) (result i64 i32)))
  (import "m" "host" (func $host (param i32) (result f64)))
  (table $t 3 5 funcref)
  (elem (i32.const 0) $swap $count)
  (func $swap (type $pair) (local.get 1) (local.get 0))
  (func $count (export "count") (param $n i32) (result i32)
    (local $sum i32)
    (block $done
      (loop $next
        (br_if $done (i32.eqz (local.get $n)))
        (local.set $sum (i32.add (local.get $sum) (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
        (br $next)))
    (local.get $sum))
  (func (export "choose") (param i32) (result i32)
    (block $a (result i32) (block $b (result i32) (block $c (result i32)
      (i32.const 1) (br_table $a $b $c $a (local.get 0)))
      (i32.const 2) (i32.add)) (if (result i32) (then (i32.const 3)) (else (return (i32.const 4)))))
    (drop (call $host (local.get 0)))
    (call_indirect $t (type $pair) (local.get 0) (i64.const 5) (i32.const 0))
    (drop) (drop))
  (func $begin (drop (call $count (i32.const 3))) (block (br 0) (unreachable)))
  (start $begin))
