;; title:    two threads that increment the same cell of a 64-bit memory by cmpxchg lose no update
;; spec:     exec-atomic.rmw.cmpxchg
;; features: threads memory64
;; threads:  2
;; why:      wasmoon #302, wasmer #3163, wazero #1460

;; 8: the cell; 128, 192: the blocks of 1000 rounds that $Other and this thread have done; 64: the end has come.
(module $Mem (memory (export "memory") i64 1 1 shared))
(register "mem" $Mem)

(thread $Other (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") i64 1 1 shared)
    (func (export "run") (local $n i32) (local $old i64)
      (loop $block
        (local.set $n (i32.const 1000))
        (loop $next
          (loop $again
            (local.set $old (i64.atomic.load (i64.const 8)))
            (br_if $again (i64.ne (local.get $old)
              (i64.atomic.rmw.cmpxchg (i64.const 8) (local.get $old) (i64.add (local.get $old) (i64.const 1))))))
          (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
        (drop (i32.atomic.rmw.add (i64.const 128) (i32.const 1)))
        (br_if $block (i32.eqz (i32.atomic.load (i64.const 64)))))))
  (invoke "run"))

(module
  (memory (import "mem" "memory") i64 1 1 shared)
  ;; Goes on until $Other was seen to get on forty times.
  (func (export "run") (local $n i32) (local $old i64) (local $last i32) (local $seen i32)
    (loop $block
      (local.set $n (i32.const 1000))
      (loop $next
        (loop $again
          (local.set $old (i64.atomic.load (i64.const 8)))
          (br_if $again (i64.ne (local.get $old)
            (i64.atomic.rmw.cmpxchg (i64.const 8) (local.get $old) (i64.add (local.get $old) (i64.const 1))))))
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
      (drop (i32.atomic.rmw.add (i64.const 192) (i32.const 1)))
      (local.set $seen (i32.add (local.get $seen)
        (i32.ne (local.get $last) (local.tee $last (i32.atomic.load (i64.const 128))))))
      (br_if $block (i32.lt_u (local.get $seen) (i32.const 40))))
    (i32.atomic.store (i64.const 64) (i32.const 1)))
  (func (export "lost") (result i64)
    (i64.sub
      (i64.mul (i64.const 1000)
        (i64.extend_i32_u (i32.add (i32.atomic.load (i64.const 128)) (i32.atomic.load (i64.const 192)))))
      (i64.load (i64.const 8)))))

(invoke "run")
(wait $Other)
(assert_return (invoke "lost") (i64.const 0))
