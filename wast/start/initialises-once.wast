;; title:    of the start functions of two instances one initialises the memory that they share, and the other waits for it
;; spec:     exec-instantiation
;; features: threads
;; threads:  2
;; needs:    wait
;; why:      threads #46, tool-conventions #107, tool-conventions #127

;; What linkers write: a passive segment, a flag at 0 (1: somebody has begun, 2: it is done), and whoever comes first
;; initialises the memory. 8: the image, to which each instance adds 1 when it has been made; 12: how often it was initialised.
;; Both meet at 16 before they look at the flag, and at 20 when they have: the initialiser is not done before.
(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)

(thread $Other (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (data $image "\2a\00\00\00")
    (func $start (local $is_first i32)
      (drop (i32.atomic.rmw.add (i32.const 16) (i32.const 1)))
      (loop $until_both (br_if $until_both (i32.ne (i32.atomic.load (i32.const 16)) (i32.const 2))))
      (local.set $is_first (i32.eqz (i32.atomic.rmw.cmpxchg (i32.const 0) (i32.const 0) (i32.const 1))))
      (drop (i32.atomic.rmw.add (i32.const 20) (i32.const 1)))
      (if (local.get $is_first)
        (then
          (loop $until_both (br_if $until_both (i32.ne (i32.atomic.load (i32.const 20)) (i32.const 2))))
          (memory.init $image (i32.const 8) (i32.const 0) (i32.const 4))
          (drop (i32.atomic.rmw.add (i32.const 12) (i32.const 1)))
          (i32.atomic.store (i32.const 0) (i32.const 2))
          (drop (memory.atomic.notify (i32.const 0) (i32.const -1))))
        (else (drop (memory.atomic.wait32 (i32.const 0) (i32.const 1) (i64.const -1)))))
      (data.drop $image)
      (drop (i32.atomic.rmw.add (i32.const 8) (i32.const 1))))
    (start $start)))

(module
  (memory (import "mem" "memory") 1 1 shared)
  (data $image "\2a\00\00\00")
  (func $start (local $is_first i32)
    (drop (i32.atomic.rmw.add (i32.const 16) (i32.const 1)))
    (loop $until_both (br_if $until_both (i32.ne (i32.atomic.load (i32.const 16)) (i32.const 2))))
    (local.set $is_first (i32.eqz (i32.atomic.rmw.cmpxchg (i32.const 0) (i32.const 0) (i32.const 1))))
    (drop (i32.atomic.rmw.add (i32.const 20) (i32.const 1)))
    (if (local.get $is_first)
      (then
        (loop $until_both (br_if $until_both (i32.ne (i32.atomic.load (i32.const 20)) (i32.const 2))))
        (memory.init $image (i32.const 8) (i32.const 0) (i32.const 4))
        (drop (i32.atomic.rmw.add (i32.const 12) (i32.const 1)))
        (i32.atomic.store (i32.const 0) (i32.const 2))
        (drop (memory.atomic.notify (i32.const 0) (i32.const -1))))
      (else (drop (memory.atomic.wait32 (i32.const 0) (i32.const 1) (i64.const -1)))))
    (data.drop $image)
    (drop (i32.atomic.rmw.add (i32.const 8) (i32.const 1))))
  (start $start)
  (func (export "word") (param i32) (result i32) (i32.load (local.get 0))))

(wait $Other)
(assert_return (invoke "word" (i32.const 8)) (i32.const 44))
(assert_return (invoke "word" (i32.const 12)) (i32.const 1))
