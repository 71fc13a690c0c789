;; title:    thread-spawn returns what the child gets as its number: positive, below 2^29, and no two alike
;; spec:     wasi-threads
;; features: threads
;; threads:  4
;; exit:     0

;; 256, 260, 264: the numbers that the children were given; 0: how many have begun.
(module
  (import "wasi" "thread-spawn" (func $spawn (param $argument i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param $status i32)))
  (import "env" "memory" (memory 1 2 shared))
  (export "memory" (memory 0))
  ;; Sleeps until $n children have counted themselves at 0.
  (func $until (param $n i32)
    (local $now i32)
    (loop $again
      (if (i32.lt_u (local.tee $now (i32.atomic.load (i32.const 0))) (local.get $n))
        (then
          (drop (memory.atomic.wait32 (i32.const 0) (local.get $now) (i64.const -1)))
          (br $again)))))
  (func (export "wasi_thread_start") (param $id i32) (param $argument i32)
    (i32.atomic.store (i32.add (i32.const 256) (i32.mul (local.get $argument) (i32.const 4))) (local.get $id))
    (drop (i32.atomic.rmw.add (i32.const 0) (i32.const 1)))
    (drop (memory.atomic.notify (i32.const 0) (i32.const 1)))
    ;; Stays alive until all have been compared.
    (drop (memory.atomic.wait32 (i32.const 64) (i32.const 0) (i64.const -1))))

  (func $check (param $at i32) (param $id i32)
    (if (i32.le_s (local.get $id) (i32.const 0)) (then (call $exit (i32.const 1))))
    (if (i32.ge_u (local.get $id) (i32.const 0x20000000)) (then (call $exit (i32.const 2))))
    (if (i32.ne (i32.atomic.load (local.get $at)) (local.get $id)) (then (call $exit (i32.const 3)))))
  (func (export "_start")
    (local $a i32) (local $b i32) (local $c i32)
    (local.set $a (call $spawn (i32.const 0)))
    (local.set $b (call $spawn (i32.const 1)))
    (local.set $c (call $spawn (i32.const 2)))
    (call $until (i32.const 3))
    (call $check (i32.const 256) (local.get $a))
    (call $check (i32.const 260) (local.get $b))
    (call $check (i32.const 264) (local.get $c))
    (if (i32.or (i32.eq (local.get $a) (local.get $b))
        (i32.or (i32.eq (local.get $b) (local.get $c)) (i32.eq (local.get $c) (local.get $a))))
      (then (call $exit (i32.const 4)))))
)
