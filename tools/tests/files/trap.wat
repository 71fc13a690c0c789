;; A trap three calls deep, in functions with names.
(module
  (memory 1)
  (func $peek (param $address i32) (result i32)
    (i32.load offset=4 (local.get $address)))
  (func $middle (param $address i32) (result i32)
    (call $peek (local.get $address)))
  (func $start (export "_start")
    (drop (call $middle (i32.const 65532))))
  (func (export "overflow")
    (call $again))
  (func $again
    (call $again)))
