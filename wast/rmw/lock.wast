;; title:    a lock of xchg, wait and notify keeps the plain accesses of two threads apart
;; spec:     exec-atomic.rmw
;; features: threads
;; threads:  2
;; needs:    wait
;; why:      wazero #1460, WAMR #2044

;; 0: the lock, 2 while somebody has it or waits for it; 1024: a plain count that it guards, on the way through 2048.
;; 128, 192: the blocks of 100 rounds that $Other and this thread have done; 64: the end has come.
(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)

(thread $Other (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func $count
      (loop $again (if (i32.atomic.rmw.xchg (i32.const 0) (i32.const 2))
        (then (drop (memory.atomic.wait32 (i32.const 0) (i32.const 2) (i64.const -1))) (br $again))))
      (i32.store (i32.const 2048) (i32.add (i32.load (i32.const 1024)) (i32.const 1)))
      (memory.copy (i32.const 1024) (i32.const 2048) (i32.const 4))
      (i32.atomic.store (i32.const 0) (i32.const 0))
      (drop (memory.atomic.notify (i32.const 0) (i32.const 1))))
    (func (export "run") (local $n i32)
      (loop $block
        (local.set $n (i32.const 100))
        (loop $next
          (call $count) (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
        (drop (i32.atomic.rmw.add (i32.const 128) (i32.const 1)))
        (br_if $block (i32.eqz (i32.atomic.load (i32.const 64)))))))
  (invoke "run"))

(module
  (memory (import "mem" "memory") 1 1 shared)
  (func $count
    (loop $again (if (i32.atomic.rmw.xchg (i32.const 0) (i32.const 2))
      (then (drop (memory.atomic.wait32 (i32.const 0) (i32.const 2) (i64.const -1))) (br $again))))
    (i32.store (i32.const 2048) (i32.add (i32.load (i32.const 1024)) (i32.const 1)))
    (memory.copy (i32.const 1024) (i32.const 2048) (i32.const 4))
    (i32.atomic.store (i32.const 0) (i32.const 0))
    (drop (memory.atomic.notify (i32.const 0) (i32.const 1))))
  ;; Goes on until $Other was seen to get on forty times.
  (func (export "run") (local $n i32) (local $last i32) (local $seen i32)
    (loop $block
      (local.set $n (i32.const 100))
      (loop $next
        (call $count) (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
      (drop (i32.atomic.rmw.add (i32.const 192) (i32.const 1)))
      (local.set $seen (i32.add (local.get $seen)
        (i32.ne (local.get $last) (local.tee $last (i32.atomic.load (i32.const 128))))))
      (br_if $block (i32.lt_u (local.get $seen) (i32.const 40))))
    (i32.atomic.store (i32.const 64) (i32.const 1)))
  (func (export "missing") (result i32)
    (i32.sub (i32.mul (i32.const 100) (i32.add (i32.load (i32.const 128)) (i32.load (i32.const 192))))
      (i32.load (i32.const 1024)))))

(invoke "run")
(wait $Other)
(assert_return (invoke "missing") (i32.const 0))
