;; title:    start functions of two threads' instances run in these threads, and may work together
;; spec:     exec-instantiation
;; features: threads
;; threads:  2
;; needs:    wait

;; The one in the thread sleeps at 0 until the one here, which retries until it has woken somebody. 64: what the wait returns,
;; written over a 7 that this module's segment leaves before its start function runs.
(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)

(thread $T (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (func $start (i32.store (i32.const 64) (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const -1))))
    (start $start)
    (func (export "result") (result i32) (i32.load (i32.const 64)))
  )
  (assert_return (invoke "result") (i32.const 0))
)

(module
  (memory (import "mem" "memory") 1 1 shared)
  (data (i32.const 64) "\07")
  (func $start
    (loop $again (br_if $again (i32.eqz (memory.atomic.notify (i32.const 0) (i32.const 1))))))
  (start $start)
)
(wait $T)
