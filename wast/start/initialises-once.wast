;; title:    of the start functions of three instances one initialises the memory that they share, and the others wait for it
;; spec:     exec-instantiation
;; features: threads
;; threads:  3
;; needs:    wait
;; why:      threads #46, tool-conventions #107, tool-conventions #127

;; What linkers write: a passive segment, a flag at 0 (1: somebody has begun, 2: it is done), and whoever comes first
;; initialises the memory. 8: the image, to which each instance adds 1 when it has been made; 12: how often it was
;; initialised. All meet at 16 before they look at the flag, and at 20 when they have: the initialiser is not done before.
(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)

(thread $A (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (data $image "\2a\00\00\00")
    (func $meet (param i32)
      (drop (i32.atomic.rmw.add (local.get 0) (i32.const 1)))
      (loop $until_all (br_if $until_all (i32.lt_u (i32.atomic.load (local.get 0)) (i32.const 3)))))
    (func $initialise
      (call $meet (i32.const 20))
      (memory.init $image (i32.const 8) (i32.const 0) (i32.const 4))
      (drop (i32.atomic.rmw.add (i32.const 12) (i32.const 1)))
      (i32.atomic.store (i32.const 0) (i32.const 2))
      (drop (memory.atomic.notify (i32.const 0) (i32.const -1))))
    (func $start
      (call $meet (i32.const 16))
      (if (i32.eqz (i32.atomic.rmw.cmpxchg (i32.const 0) (i32.const 0) (i32.const 1)))
        (then (call $initialise))
        (else
          (drop (i32.atomic.rmw.add (i32.const 20) (i32.const 1)))
          (drop (memory.atomic.wait32 (i32.const 0) (i32.const 1) (i64.const -1)))))
      (data.drop $image)
      (drop (i32.atomic.rmw.add (i32.const 8) (i32.const 1))))
    (start $start)
  )
)
(thread $B (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (data $image "\2a\00\00\00")
    (func $meet (param i32)
      (drop (i32.atomic.rmw.add (local.get 0) (i32.const 1)))
      (loop $until_all (br_if $until_all (i32.lt_u (i32.atomic.load (local.get 0)) (i32.const 3)))))
    (func $initialise
      (call $meet (i32.const 20))
      (memory.init $image (i32.const 8) (i32.const 0) (i32.const 4))
      (drop (i32.atomic.rmw.add (i32.const 12) (i32.const 1)))
      (i32.atomic.store (i32.const 0) (i32.const 2))
      (drop (memory.atomic.notify (i32.const 0) (i32.const -1))))
    (func $start
      (call $meet (i32.const 16))
      (if (i32.eqz (i32.atomic.rmw.cmpxchg (i32.const 0) (i32.const 0) (i32.const 1)))
        (then (call $initialise))
        (else
          (drop (i32.atomic.rmw.add (i32.const 20) (i32.const 1)))
          (drop (memory.atomic.wait32 (i32.const 0) (i32.const 1) (i64.const -1)))))
      (data.drop $image)
      (drop (i32.atomic.rmw.add (i32.const 8) (i32.const 1))))
    (start $start)
  )
)

(module
  (memory (import "mem" "memory") 1 1 shared)
  (data $image "\2a\00\00\00")
  (func $meet (param i32)
    (drop (i32.atomic.rmw.add (local.get 0) (i32.const 1)))
    (loop $until_all (br_if $until_all (i32.lt_u (i32.atomic.load (local.get 0)) (i32.const 3)))))
  (func $initialise
    (call $meet (i32.const 20))
    (memory.init $image (i32.const 8) (i32.const 0) (i32.const 4))
    (drop (i32.atomic.rmw.add (i32.const 12) (i32.const 1)))
    (i32.atomic.store (i32.const 0) (i32.const 2))
    (drop (memory.atomic.notify (i32.const 0) (i32.const -1))))
  (func $start
    (call $meet (i32.const 16))
    (if (i32.eqz (i32.atomic.rmw.cmpxchg (i32.const 0) (i32.const 0) (i32.const 1)))
      (then (call $initialise))
      (else
        (drop (i32.atomic.rmw.add (i32.const 20) (i32.const 1)))
        (drop (memory.atomic.wait32 (i32.const 0) (i32.const 1) (i64.const -1)))))
    (data.drop $image)
    (drop (i32.atomic.rmw.add (i32.const 8) (i32.const 1))))
  (start $start)
  (func (export "word") (param i32) (result i32) (i32.load (local.get 0)))
)
(wait $A)
(wait $B)
(assert_return (invoke "word" (i32.const 8)) (i32.const 45))
(assert_return (invoke "word" (i32.const 12)) (i32.const 1))
