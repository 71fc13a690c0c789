;; title:    the count of a notify is unsigned: 0x80000000 is many
;; spec:     exec-memory.atomic.notify
;; features: threads
;; threads:  3
;; needs:    wait
;; why:      wasmtime #5255

;; The waiters sleep on 0 again and again until 64 is set; 128: how many have left; 192: how often they were woken, all
;; together, which at the end must be what the notifies returned.
(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)

(thread $W1 (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func (export "serve") (result i32)
      (local $result i32)
      (loop $next
        (local.set $result (i32.or (local.get $result) (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const -1))))
        (drop (i32.atomic.rmw.add (i32.const 192) (i32.const 1)))
        (br_if $next (i32.eqz (i32.atomic.load (i32.const 64)))))
      (drop (i32.atomic.rmw.add (i32.const 128) (i32.const 1)))
      (local.get $result))
  )
  (assert_return (invoke "serve") (i32.const 0))
)
(thread $W2 (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func (export "serve") (result i32)
      (local $result i32)
      (loop $next
        (local.set $result (i32.or (local.get $result) (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const -1))))
        (drop (i32.atomic.rmw.add (i32.const 192) (i32.const 1)))
        (br_if $next (i32.eqz (i32.atomic.load (i32.const 64)))))
      (drop (i32.atomic.rmw.add (i32.const 128) (i32.const 1)))
      (local.get $result))
  )
  (assert_return (invoke "serve") (i32.const 0))
)

(module
  (memory (import "mem" "memory") 1 1 shared)
  (global $woken (mut i32) (i32.const 0))
  (func $notify (param $count i32) (result i32)
    (local $n i32)
    (local.set $n (memory.atomic.notify (i32.const 0) (local.get $count)))
    (global.set $woken (i32.add (global.get $woken) (local.get $n)))
    (local.get $n))
  ;; Notifies up to $count until one notify has woken $n or more, $times over: the most that one has woken.
  (func (export "wake") (param $count i32) (param $n i32) (param $times i32) (result i32)
    (local $now i32) (local $most i32)
    (loop $again
      (local.set $now (call $notify (local.get $count)))
      (if (i32.gt_u (local.get $now) (local.get $most)) (then (local.set $most (local.get $now))))
      (local.set $times (i32.sub (local.get $times) (i32.ge_u (local.get $now) (local.get $n))))
      (br_if $again (local.get $times)))
    (local.get $most))
  ;; Lets the waiters go: how many wake-ups were counted and not seen.
  (func (export "end") (result i32)
    (i32.atomic.store (i32.const 64) (i32.const 1))
    (loop $again (drop (call $notify (i32.const -1))) (br_if $again (i32.lt_u (i32.atomic.load (i32.const 128)) (i32.const 2))))
    (i32.sub (global.get $woken) (i32.atomic.load (i32.const 192))))
)
(assert_return (invoke "wake" (i32.const 0x80000000) (i32.const 2) (i32.const 5)) (i32.const 2))
(assert_return (invoke "wake" (i32.const 0x80000001) (i32.const 2) (i32.const 5)) (i32.const 2))
(assert_return (invoke "wake" (i32.const 0x7fffffff) (i32.const 2) (i32.const 5)) (i32.const 2))
(assert_return (invoke "wake" (i32.const 0xffffff00) (i32.const 2) (i32.const 5)) (i32.const 2))
(assert_return (invoke "end") (i32.const 0))
(wait $W1)
(wait $W2)
