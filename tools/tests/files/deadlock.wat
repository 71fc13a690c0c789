;; Each export starts a thread and waits for it, at address 0, without end; the thread waits at address 64, in its own way.
(module
  (import "wasi" "thread-spawn" (func $spawn (param i32) (result i32)))
  (import "wasi_snapshot_preview1" "clock_time_get" (func $clock (param i32 i64 i32) (result i32)))
  (import "wasi_snapshot_preview1" "sched_yield" (func $yield (result i32)))
  (import "env" "memory" (memory 1 1 shared))

  (func $wait (param $timeout i64)
    (drop (memory.atomic.wait32 (i32.const 64) (i32.const 0) (local.get $timeout))))
  (func $done
    (i32.atomic.store (i32.const 0) (i32.const 1))
    (drop (memory.atomic.notify (i32.const 0) (i32.const 1))))
  (func $now (result i64)
    (drop (call $clock (i32.const 1) (i64.const 1) (i32.const 128)))
    (i64.load (i32.const 128)))

  (func $once (call $wait (i64.const -1)))
  (func $in_slices (loop $again (call $wait (i64.const 1_000_000)) (br $again)))
  (func $until_a_clock_says_so (local $end i64)
    (local.set $end (i64.add (call $now) (i64.const 300_000_000)))
    (loop $again
      (call $wait (i64.const 1_000_000))
      (br_if $again (i64.lt_u (call $now) (local.get $end))))
    (call $done))
  (func $counting_in_a_local (local $n i32)
    (loop $again
      (call $wait (i64.const 5_000_000))
      (br_if $again (i32.lt_u (local.tee $n (i32.add (local.get $n) (i32.const 1))) (i32.const 50))))
    (call $done))
  (func $counting_in_memory
    (loop $again
      (call $wait (i64.const 5_000_000))
      (i32.store (i32.const 128) (i32.add (i32.load (i32.const 128)) (i32.const 1)))
      (br_if $again (i32.lt_u (i32.load (i32.const 128)) (i32.const 50))))
    (call $done))
  (func $calling_the_host
    (loop $again (call $wait (i64.const 1_000_000)) (drop (call $yield)) (br $again)))

  (table funcref (elem $once $in_slices $until_a_clock_says_so $counting_in_a_local $counting_in_memory $calling_the_host))
  (func (export "wasi_thread_start") (param $id i32) (param $way i32) (call_indirect (local.get $way)))
  (func $main (param $way i32)
    (drop (call $spawn (local.get $way)))
    (drop (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const -1))))
  (func (export "once") (call $main (i32.const 0)))
  (func (export "in_slices") (call $main (i32.const 1)))
  (func (export "until_a_clock_says_so") (call $main (i32.const 2)))
  (func (export "counting_in_a_local") (call $main (i32.const 3)))
  (func (export "counting_in_memory") (call $main (i32.const 4)))
  (func (export "calling_the_host") (call $main (i32.const 5))))
