(module (func (export "f") (result i32) (i32.cnst 1)))
