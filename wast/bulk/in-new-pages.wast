;; title:    fill, init and copy reach what another thread has grown, in a function that was running before
;; spec:     exec-memory.fill
;; features: threads
;; threads:  2
;; why:      WAMR #2078, wazero #1927

;; 0: the round that the user is in; 4: the round for which the other has tried to grow the memory; 8: the pages it then has
;; got, in all.
(module $Mem (memory (export "memory") 1 11 shared))
(register "mem" $Mem)

(thread $Grower (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 11 shared)
    (func (export "grow")
      (local $round i32)
      (loop $rounds
        (local.set $round (i32.add (local.get $round) (i32.const 1)))
        (loop $again (br_if $again (i32.lt_u (i32.atomic.load (i32.const 0)) (local.get $round))))
        (if (i32.ne (memory.grow (i32.const 1)) (i32.const -1))
          (then (i32.store (i32.const 8) (i32.add (i32.load (i32.const 8)) (i32.const 1)))))
        (i32.atomic.store (i32.const 4) (local.get $round))
        (br_if $rounds (i32.lt_u (local.get $round) (i32.const 10)))))
  )
  (invoke "grow")
)

(module
  (memory (import "mem" "memory") 1 11 shared)
  (data $bytes "\22\22\22\22")
  ;; In each round fills the last page, writes its last word, copies the page onto itself, a word lower; how often a word was
  ;; not as written
  (func (export "use new pages") (result i32)
    (local $round i32) (local $page i32) (local $wrong i32)
    (loop $rounds
      (local.set $round (i32.add (local.get $round) (i32.const 1)))
      (i32.atomic.store (i32.const 0) (local.get $round))
      (loop $again (br_if $again (i32.ne (i32.atomic.load (i32.const 4)) (local.get $round))))
      (local.set $page (i32.mul (i32.load (i32.const 8)) (i32.const 65536)))
      (if (local.get $page)
        (then
          (memory.fill (local.get $page) (i32.const 0x11) (i32.const 65536))
          (local.set $wrong (i32.add (local.get $wrong)
            (i32.ne (i32.load offset=65532 (local.get $page)) (i32.const 0x11111111))))
          (memory.init $bytes (i32.add (local.get $page) (i32.const 65532)) (i32.const 0) (i32.const 4))
          (memory.copy (local.get $page) (i32.add (local.get $page) (i32.const 4)) (i32.const 65532))
          (local.set $wrong (i32.add (local.get $wrong)
            (i32.ne (i32.load offset=65528 (local.get $page)) (i32.const 0x22222222))))))
      (br_if $rounds (i32.lt_u (local.get $round) (i32.const 10))))
    (local.get $wrong))
  ;; Should that have trapped, the grower still waits for the last round.
  (func (export "end") (i32.atomic.store (i32.const 0) (i32.const 10)))
)
(assert_return (invoke "use new pages") (i32.const 0))
(invoke "end")
(wait $Grower)
