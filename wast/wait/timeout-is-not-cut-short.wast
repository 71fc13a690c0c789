;; title:    notifies at other addresses, and stores, do not shorten a wait
;; spec:     exec-memory.atomic.waitn
;; features: threads
;; threads:  2
;; needs:    wait timeout
;; min-time: 150ms
;; why:      wasmtime #5312, wasmtime #5315, wasmer #6536

;; While the main thread waits, for 150 ms at 0, another one notifies all around, stores to the cell and waits for
;; shorter times; it ends when 64 is set.
(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)

(thread $Busy (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func (export "work")
      (local $value i32)
      (loop $next
        (drop (memory.atomic.notify (i32.const 4) (i32.const -1)))
        (drop (memory.atomic.notify offset=4096 (i32.const 0) (i32.const -1)))
        (drop (memory.atomic.notify (i32.const 0) (i32.const 0)))
        (i32.atomic.store (i32.const 0) (local.tee $value (i32.xor (local.get $value) (i32.const 1))))
        (drop (memory.atomic.wait32 (i32.const 8) (i32.const 0) (i64.const 100_000)))
        (br_if $next (i32.eqz (i32.atomic.load (i32.const 64))))))
  )
  (invoke "work")
)

(module
  (memory (import "mem" "memory") 1 1 shared)
  ;; Waits on whatever value there is until one of these waits has timed out.
  (func (export "wait") (result i32)
    (local $result i32)
    (loop $again
      (local.set $result
        (memory.atomic.wait32 (i32.const 0) (i32.atomic.load (i32.const 0)) (i64.const 150_000_000)))
      (br_if $again (i32.eq (local.get $result) (i32.const 1))))
    (i32.atomic.store (i32.const 64) (i32.const 1))
    (local.get $result))
)
(assert_return (invoke "wait") (i32.const 2))
(wait $Busy)
