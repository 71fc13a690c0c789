;; title:    what fill, copy and init wrote before an atomic store is there for whoever has seen that store
;; spec:     relaxed-consistent
;; features: threads
;; threads:  2
;; needs:    wait

;; The message of round n: 100 bytes n at 1024 by a fill, 100 more at 1124 by a copy, and four bytes 0x77 at 1224 by an
;; init. 64: the round that is written; 128: the round that is read. Who has to wait for the other sleeps.
(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)

(thread $Reader (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    ;; How many bytes were not of their round
    (func (export "read 200 rounds") (result i32) (local $n i32) (local $at i32) (local $wrong i32)
      (loop $next
        (loop $until_written
          (drop (memory.atomic.wait32 (i32.const 64) (local.get $n) (i64.const -1)))
          (br_if $until_written (i32.eq (i32.atomic.load (i32.const 64)) (local.get $n))))
        (local.set $n (i32.add (local.get $n) (i32.const 1)))
        (memory.copy (i32.const 2048) (i32.const 1024) (i32.const 204))
        (local.set $at (i32.const 2048))
        (loop $byte
          (local.set $wrong (i32.add (local.get $wrong)
            (i32.ne (i32.load8_u (local.get $at))
              (select (local.get $n) (i32.const 0x77) (i32.lt_u (local.get $at) (i32.const 2248))))))
          (br_if $byte (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 1))) (i32.const 2252))))
        (i32.atomic.store (i32.const 128) (local.get $n))
        (drop (memory.atomic.notify (i32.const 128) (i32.const 1)))
        (br_if $next (i32.lt_u (local.get $n) (i32.const 200))))
      (local.get $wrong)))
  (assert_return (invoke "read 200 rounds") (i32.const 0)))

(module
  (memory (import "mem" "memory") 1 1 shared)
  (data $sevens "\77\77\77\77")
  (func (export "write 200 rounds") (local $n i32) (local $before i32)
    (loop $next
      (local.set $n (i32.add (local.tee $before (local.get $n)) (i32.const 1)))
      (memory.fill (i32.const 1024) (local.get $n) (i32.const 100))
      (memory.copy (i32.const 1124) (i32.const 1024) (i32.const 100))
      (i32.store (i32.const 1224) (i32.const 0))
      (memory.init $sevens (i32.const 1224) (i32.const 0) (i32.const 4))
      (i32.atomic.store (i32.const 64) (local.get $n))
      (drop (memory.atomic.notify (i32.const 64) (i32.const 1)))
      (loop $until_read
        (drop (memory.atomic.wait32 (i32.const 128) (local.get $before) (i64.const -1)))
        (br_if $until_read (i32.eq (i32.atomic.load (i32.const 128)) (local.get $before))))
      (br_if $next (i32.lt_u (local.get $n) (i32.const 200))))))

(invoke "write 200 rounds")
(wait $Reader)
