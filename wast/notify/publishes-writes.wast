;; title:    what a thread wrote before a notify, those whom it woke can read
;; spec:     exec-memory.atomic.notify
;; features: threads
;; threads:  2
;; needs:    wait
;; why:      ecma262 #1680

;; Nothing but the notify orders these plain accesses. 0: the cell, which never changes; 64, 1024 and 2047: what is written,
;; round by round; 128: how many rounds the waiter has read.
(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)

(thread $Reader (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    ;; How many reads were not of this round.
    (func (export "read 500 rounds") (result i32)
      (local $round i32) (local $wrong i32)
      (loop $next
        (local.set $round (i32.add (local.get $round) (i32.const 1)))
        (local.set $wrong (i32.add (local.get $wrong) (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const -1))))
        (local.set $wrong (i32.add (local.get $wrong) (i32.ne (i32.load (i32.const 64)) (local.get $round))))
        (local.set $wrong (i32.add (local.get $wrong) (i32.ne (i32.load8_u (i32.const 1024)) (i32.and (local.get $round) (i32.const 255)))))
        (local.set $wrong (i32.add (local.get $wrong) (i64.ne (i64.load (i32.const 2047)) (i64.extend_i32_u (local.get $round)))))
        (i32.atomic.store (i32.const 128) (local.get $round))
        (br_if $next (i32.lt_u (local.get $round) (i32.const 500))))
      (local.get $wrong))
  )
  (assert_return (invoke "read 500 rounds") (i32.const 0))
)

(module
  (memory (import "mem" "memory") 1 1 shared)
  (func (export "write 500 rounds")
    (local $round i32)
    (loop $next
      (local.set $round (i32.add (local.get $round) (i32.const 1)))
      (i32.store (i32.const 64) (local.get $round))
      (i32.store8 (i32.const 1024) (local.get $round))
      (i64.store (i32.const 2047) (i64.extend_i32_u (local.get $round)))
      (loop $until_woken
        (br_if $until_woken
          (i32.and
            (i32.eqz (memory.atomic.notify (i32.const 0) (i32.const 1)))
            (i32.lt_u (i32.atomic.load (i32.const 128)) (local.get $round)))))
      (loop $until_read (br_if $until_read (i32.lt_u (i32.atomic.load (i32.const 128)) (local.get $round))))
      (br_if $next (i32.lt_u (local.get $round) (i32.const 500)))))
)
(invoke "write 500 rounds")
(wait $Reader)
