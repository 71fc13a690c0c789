;; title:    two threads that each grow a memory of their own and one that they share keep both whole
;; spec:     exec-memory.grow
;; features: threads multi-memory
;; threads:  2
;; why:      WebKit #72313

;; 8 of either memory: how many rounds there were; 256: the rounds of $Other, by its own memory. 128, 192: the blocks of 200
;; rounds that $Other and this thread have done, each with a grow of both memories before it where the other one got on since,
;; as there are but 400 pages; 64: the end has come, stored until $Other has ended, as a wrong grow may lose it.
(module $Mem (memory (export "memory") 1 400 shared))
(register "mem" $Mem)

(thread $Other (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory $m (import "mem" "memory") 1 400 shared) (memory $own 1 400)
    (func (export "run") (local $n i32) (local $last i32)
      (loop $block
        (if (i32.ne (local.get $last) (local.tee $last (i32.atomic.load (i32.const 192))))
          (then (drop (memory.grow $m (i32.const 1))) (drop (memory.grow $own (i32.const 1)))))
        (local.set $n (i32.const 200))
        (loop $next
          (drop (i32.atomic.rmw.add $m (i32.const 8) (i32.const 1)))
          (i32.store $own (i32.const 8) (i32.add (i32.load $own (i32.const 8)) (i32.const 1)))
          (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
        (drop (i32.atomic.rmw.add (i32.const 128) (i32.const 1)))
        (br_if $block (i32.eqz (i32.atomic.load (i32.const 64)))))
      (i32.atomic.store $m (i32.const 256) (i32.load $own (i32.const 8)))))
  (invoke "run"))

(module
  (memory $m (import "mem" "memory") 1 400 shared) (memory $own 1 400)
  ;; Goes on until $Other was seen to get on forty times. How often the memory $own was not of the size it should be.
  (func (export "run") (result i32) (local $n i32) (local $size i32) (local $wrong i32) (local $last i32) (local $seen i32)
    (loop $block
      (local.set $n (i32.const 200))
      (loop $next
        (drop (i32.atomic.rmw.add $m (i32.const 8) (i32.const 1)))
        (i32.store $own (i32.const 8) (i32.add (i32.load $own (i32.const 8)) (i32.const 1)))
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
      (drop (i32.atomic.rmw.add (i32.const 192) (i32.const 1)))
      (if (i32.ne (local.get $last) (local.tee $last (i32.atomic.load (i32.const 128))))
        (then
          (local.set $seen (i32.add (local.get $seen) (i32.const 1)))
          (local.set $size (memory.size $own))
          (drop (memory.grow $m (i32.const 1)))
          (local.set $wrong (i32.add (local.get $wrong) (i32.ne (memory.size $own) (local.get $size))))
          (if (i32.ne (memory.grow $own (i32.const 1)) (i32.const -1)) (then
            (local.set $wrong (i32.add (local.get $wrong)
              (i32.ne (memory.size $own) (i32.add (local.get $size) (i32.const 1)))))
            (i32.store $own (i32.mul (local.get $size) (i32.const 65536)) (i32.const 1))))))
      (br_if $block (i32.lt_u (local.get $seen) (i32.const 40))))
    (loop $until_ended
      (i32.atomic.store (i32.const 64) (i32.const 1)) (br_if $until_ended (i32.eqz (i32.atomic.load (i32.const 256)))))
    (local.get $wrong))
  (func (export "lost") (result i32)
    (i32.sub (i32.load $m (i32.const 8)) (i32.add (i32.load $m (i32.const 256)) (i32.load $own (i32.const 8))))))
(assert_return (invoke "run") (i32.const 0))
(wait $Other)
(assert_return (invoke "lost") (i32.const 0))
