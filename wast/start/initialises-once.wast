;; title:    of the start functions of many instances one initialises the memory that they share, and the others wait for it
;; spec:     exec-instantiation
;; features: threads
;; threads:  4
;; needs:    wait
;; why:      threads #46, tool-conventions #107, tool-conventions #127

;; What linkers write: a passive segment, a flag at 0, and the memory is initialised by whoever comes first. 8: the
;; image, to which each instance adds 1 when it has been made; 12: how often it was initialised.
(module $Mem (memory (export "memory") 1 1 shared))
(register "mem" $Mem)

(thread $A (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (data $image "\2a\00\00\00")
    ;; 0: nobody has begun; 1: somebody has; 2: it is done.
    (func $start
      (block $done
        (if (i32.eqz (i32.atomic.rmw.cmpxchg (i32.const 0) (i32.const 0) (i32.const 1)))
          (then
            (memory.init $image (i32.const 8) (i32.const 0) (i32.const 4))
            (drop (i32.atomic.rmw.add (i32.const 12) (i32.const 1)))
            (i32.atomic.store (i32.const 0) (i32.const 2))
            (drop (memory.atomic.notify (i32.const 0) (i32.const -1)))
            (br $done)))
        (loop $until_done
          (drop (memory.atomic.wait32 (i32.const 0) (i32.const 1) (i64.const -1)))
          (br_if $until_done (i32.ne (i32.atomic.load (i32.const 0)) (i32.const 2)))))
      (data.drop $image))
    (start $start)
    (func (export "add") (drop (i32.atomic.rmw.add (i32.const 8) (i32.const 1))))
  )
  (invoke "add")
)
(thread $B (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (data $image "\2a\00\00\00")
    ;; 0: nobody has begun; 1: somebody has; 2: it is done.
    (func $start
      (block $done
        (if (i32.eqz (i32.atomic.rmw.cmpxchg (i32.const 0) (i32.const 0) (i32.const 1)))
          (then
            (memory.init $image (i32.const 8) (i32.const 0) (i32.const 4))
            (drop (i32.atomic.rmw.add (i32.const 12) (i32.const 1)))
            (i32.atomic.store (i32.const 0) (i32.const 2))
            (drop (memory.atomic.notify (i32.const 0) (i32.const -1)))
            (br $done)))
        (loop $until_done
          (drop (memory.atomic.wait32 (i32.const 0) (i32.const 1) (i64.const -1)))
          (br_if $until_done (i32.ne (i32.atomic.load (i32.const 0)) (i32.const 2)))))
      (data.drop $image))
    (start $start)
    (func (export "add") (drop (i32.atomic.rmw.add (i32.const 8) (i32.const 1))))
  )
  (invoke "add")
)
(thread $C (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 1 shared)
    (data $image "\2a\00\00\00")
    ;; 0: nobody has begun; 1: somebody has; 2: it is done.
    (func $start
      (block $done
        (if (i32.eqz (i32.atomic.rmw.cmpxchg (i32.const 0) (i32.const 0) (i32.const 1)))
          (then
            (memory.init $image (i32.const 8) (i32.const 0) (i32.const 4))
            (drop (i32.atomic.rmw.add (i32.const 12) (i32.const 1)))
            (i32.atomic.store (i32.const 0) (i32.const 2))
            (drop (memory.atomic.notify (i32.const 0) (i32.const -1)))
            (br $done)))
        (loop $until_done
          (drop (memory.atomic.wait32 (i32.const 0) (i32.const 1) (i64.const -1)))
          (br_if $until_done (i32.ne (i32.atomic.load (i32.const 0)) (i32.const 2)))))
      (data.drop $image))
    (start $start)
    (func (export "add") (drop (i32.atomic.rmw.add (i32.const 8) (i32.const 1))))
  )
  (invoke "add")
)

(module
  (memory (import "mem" "memory") 1 1 shared)
  (data $image "\2a\00\00\00")
  ;; 0: nobody has begun; 1: somebody has; 2: it is done.
  (func $start
    (block $done
      (if (i32.eqz (i32.atomic.rmw.cmpxchg (i32.const 0) (i32.const 0) (i32.const 1)))
        (then
          (memory.init $image (i32.const 8) (i32.const 0) (i32.const 4))
          (drop (i32.atomic.rmw.add (i32.const 12) (i32.const 1)))
          (i32.atomic.store (i32.const 0) (i32.const 2))
          (drop (memory.atomic.notify (i32.const 0) (i32.const -1)))
          (br $done)))
      (loop $until_done
        (drop (memory.atomic.wait32 (i32.const 0) (i32.const 1) (i64.const -1)))
        (br_if $until_done (i32.ne (i32.atomic.load (i32.const 0)) (i32.const 2)))))
    (data.drop $image))
  (start $start)
  (func (export "add") (drop (i32.atomic.rmw.add (i32.const 8) (i32.const 1))))
  (func (export "word") (param i32) (result i32) (i32.load (local.get 0)))
)
(invoke "add")
(wait $A)
(wait $B)
(wait $C)
(assert_return (invoke "word" (i32.const 8)) (i32.const 46))
(assert_return (invoke "word" (i32.const 12)) (i32.const 1))
