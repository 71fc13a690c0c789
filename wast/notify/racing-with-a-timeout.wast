;; title:    a wait that is notified as its timeout passes returns 0 if the notify counts it, and 2 if not
;; spec:     exec-memory.atomic.notify
;; features: threads
;; threads:  2
;; needs:    wait timeout
;; why:      WAMR #1144, WAMR #1146

;; The waiter's timeouts are so short that they race with the notifies. 0: the cell; 64: how many waits returned 0; 128:
;; the waiter has ended.
(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)

(thread $Waiter (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    ;; How many waits ended neither way
    (func (export "wait") (param $n i32) (result i32)
      (local $result i32) (local $wrong i32)
      (loop $next
        (local.set $result (memory.atomic.wait32 (i32.const 0) (i32.const 0)
          (i64.extend_i32_u (i32.mul (i32.and (local.get $n) (i32.const 31)) (i32.const 700)))))
        (if (i32.eqz (local.get $result))
          (then (drop (i32.atomic.rmw.add (i32.const 64) (i32.const 1))))
          (else (local.set $wrong (i32.add (local.get $wrong) (i32.ne (local.get $result) (i32.const 2))))))
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
      (i32.atomic.store (i32.const 128) (i32.const 1))
      (local.get $wrong))
  )
  (assert_return (invoke "wait" (i32.const 3000)) (i32.const 0))
)

(module
  (memory (import "mem" "memory") 1 1 shared)
  ;; By how many the notifies counted more than returned 0
  (func (export "wake") (result i32)
    (local $sum i32) (local $n i32)
    (loop $next
      (local.set $sum (i32.add (local.get $sum) (memory.atomic.notify (i32.const 0) (i32.const -1))))
      (local.set $n (i32.const 200))
      (loop $pause (br_if $pause (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
      (br_if $next (i32.eqz (i32.atomic.load (i32.const 128)))))
    (i32.sub (local.get $sum) (i32.atomic.load (i32.const 64))))
)
(assert_return (invoke "wake") (i32.const 0))
(wait $Waiter)
