;; title:    a shared memory can be imported by any two names, also from several modules and none of them called env
;; spec:     exec-instantiation
;; features: threads
;; threads:  1

(module $M (memory (export "bar") (export "") (export "ö \22\00") 1 1 shared))
(register "foo" $M)
(register "" $M)
(register "env" $M)
(module $foo (memory (import "foo" "bar") 1 1 shared)
  (func (export "add") (result i32) (i32.atomic.rmw.add (i32.const 4) (i32.const 1))))
(module $empty (memory (import "" "") 1 1 shared)
  (func (export "add") (result i32) (i32.atomic.rmw.add (i32.const 4) (i32.const 1))))
(module $odd (memory (import "foo" "\c3\b6 \22\00") 1 1 shared)
  (func (export "add") (result i32) (i32.atomic.rmw.add (i32.const 4) (i32.const 1))))
(module $env (memory (import "env" "bar") 1 1 shared)
  (func (export "add") (result i32) (i32.atomic.rmw.add (i32.const 4) (i32.const 1))))

(assert_return (invoke $foo "add") (i32.const 0))
(assert_return (invoke $empty "add") (i32.const 1))
(assert_return (invoke $odd "add") (i32.const 2))
(assert_return (invoke $env "add") (i32.const 3))

(assert_unlinkable (module (memory (import "foo" "memory") 1 1 shared)) "unknown import")
(assert_unlinkable (module (memory (import "bar" "foo") 1 1 shared)) "unknown import")
(assert_unlinkable (module (memory (import "foo" "Bar") 1 1 shared)) "unknown import")
