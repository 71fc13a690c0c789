;; title:    who waits in the last word of the memory can be woken there
;; spec:     exec-memory.atomic.notify
;; features: threads
;; threads:  2
;; needs:    wait
;; why:      wasmtime #11975, WasmEdge #5303, WasmEdge #5304

;; 65532 is the last cell of 32 bits, 65528 the last of 64. 0: how many of its waits the waiter has left.
(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)

(thread $Waiter (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func $leave (drop (i32.atomic.rmw.add (i32.const 0) (i32.const 1))))
    (func (export "wait32") (result i32)
      (memory.atomic.wait32 (i32.const 65532) (i32.const 0) (i64.const -1)) (call $leave))
    (func (export "wait64") (result i32)
      (memory.atomic.wait64 offset=65528 (i32.const 0) (i64.const 0) (i64.const -1)) (call $leave))
  )
  (assert_return (invoke "wait32") (i32.const 0))
  (assert_return (invoke "wait64") (i32.const 0))
)

(module
  (memory (import "mem" "memory") 1 1 shared)
  ;; Notifies until that ends the waiter's $nth wait: 1. Should the wait end otherwise: 0.
  (func (export "wake") (param $at i32) (param $nth i32) (result i32)
    (local $woken i32)
    (loop $again
      (local.set $woken (memory.atomic.notify (local.get $at) (i32.const 1)))
      (br_if $again (i32.and (i32.eqz (local.get $woken)) (i32.lt_u (i32.atomic.load (i32.const 0)) (local.get $nth)))))
    (local.get $woken))
)
(assert_return (invoke "wake" (i32.const 65532) (i32.const 1)) (i32.const 1))
(assert_return (invoke "wake" (i32.const 65528) (i32.const 2)) (i32.const 1))
(wait $Waiter)
