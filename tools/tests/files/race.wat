;; Two threads meet, then both write the same cell; the main one waits until the other has.
(module
  (import "wasi" "thread-spawn" (func $spawn (param i32) (result i32)))
  (memory (export "memory") 1 1 shared)
  (func $meet
    (drop (i32.atomic.rmw.add (i32.const 0) (i32.const 1)))
    (loop $again (br_if $again (i32.lt_u (i32.atomic.load (i32.const 0)) (i32.const 2)))))
  (func $writer (i32.store (i32.const 8) (i32.const 1)))
  (func (export "wasi_thread_start") (param i32 i32)
    (call $meet)
    (call $writer)
    (i32.atomic.store (i32.const 4) (i32.const 1)))
  (func (export "_start")
    (drop (call $spawn (i32.const 0)))
    (call $meet)
    (call $writer)
    (loop $again (br_if $again (i32.eqz (i32.atomic.load (i32.const 4)))))))
