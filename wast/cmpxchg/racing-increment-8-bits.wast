;; title:    two threads that increment the same cells by cmpxchg lose no update: 8 bits
;; spec:     exec-atomic.rmw.cmpxchg
;; features: threads
;; threads:  2
;; why:      wasmoon #302, wasmer #3163, wazero #1460

;; 0, 1: the cells; 128, 192: the blocks of 1000 rounds that $Other and this thread have done; 64: the end has come.
(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)

(thread $Other (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func (export "run") (local $n i32) (local $a i32) (local $b i64)
      (loop $block
        (local.set $n (i32.const 1000))
        (loop $next
          (loop $again (local.set $a (i32.atomic.load8_u (i32.const 0)))
            (br_if $again (i32.ne (local.get $a)
              (i32.atomic.rmw8.cmpxchg_u (i32.const 0) (local.get $a) (i32.add (local.get $a) (i32.const 1))))))
          (loop $again (local.set $b (i64.atomic.load8_u (i32.const 1)))
            (br_if $again (i64.ne (local.get $b)
              (i64.atomic.rmw8.cmpxchg_u (i32.const 1) (local.get $b) (i64.add (local.get $b) (i64.const 1))))))
          (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
        (drop (i32.atomic.rmw.add (i32.const 128) (i32.const 1)))
        (br_if $block (i32.eqz (i32.atomic.load (i32.const 64)))))))
  (invoke "run"))

(module
  (memory (import "mem" "memory") 1 1 shared)
  ;; Goes on until $Other was seen to get on forty times.
  (func (export "run") (local $n i32) (local $last i32) (local $seen i32) (local $a i32) (local $b i64)
    (loop $block
      (local.set $n (i32.const 1000))
      (loop $next
        (loop $again (local.set $a (i32.atomic.load8_u (i32.const 0)))
          (br_if $again (i32.ne (local.get $a)
            (i32.atomic.rmw8.cmpxchg_u (i32.const 0) (local.get $a) (i32.add (local.get $a) (i32.const 1))))))
        (loop $again (local.set $b (i64.atomic.load8_u (i32.const 1)))
          (br_if $again (i64.ne (local.get $b)
            (i64.atomic.rmw8.cmpxchg_u (i32.const 1) (local.get $b) (i64.add (local.get $b) (i64.const 1))))))
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
      (drop (i32.atomic.rmw.add (i32.const 192) (i32.const 1)))
      (local.set $seen (i32.add (local.get $seen)
        (i32.ne (local.get $last) (local.tee $last (i32.atomic.load (i32.const 128))))))
      (br_if $block (i32.lt_u (local.get $seen) (i32.const 40))))
    (i32.atomic.store (i32.const 64) (i32.const 1)))
  ;; What each cell lacks of all rounds
  (func (export "missing") (result i32 i32) (local $total i32)
    (local.set $total (i32.mul (i32.const 1000) (i32.add (i32.load (i32.const 128)) (i32.load (i32.const 192)))))
    (i32.and (i32.const 0xff) (i32.sub (local.get $total) (i32.load8_u (i32.const 0))))
    (i32.and (i32.const 0xff) (i32.sub (local.get $total) (i32.load8_u (i32.const 1))))))

(invoke "run")
(wait $Other)
(assert_return (invoke "missing") (i32.const 0) (i32.const 0))
