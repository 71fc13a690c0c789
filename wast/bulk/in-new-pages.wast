;; title:    fill and copy reach what another thread has grown, as soon as its size is seen
;; spec:     exec-memory.fill
;; features: threads
;; threads:  2
;; why:      WAMR #2078, wazero #1927

;; The grower begins when 64 is set, and sets 0 when it has ended, for the case that a grow fails.
(module $Mem (memory (export "memory") 1 20 shared))
(register "mem" $Mem)

(thread $Grower (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") 1 20 shared)
    (func (export "grow") (param $n i32)
      (loop $until_watched (br_if $until_watched (i32.eqz (i32.atomic.load (i32.const 64)))))
      (loop $next
        (drop (memory.grow (i32.const 1)))
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
      (i32.atomic.store (i32.const 0) (i32.const 1)))
  )
  (invoke "grow" (i32.const 19))
)

(module
  (memory (import "mem" "memory") 1 20 shared)
  (data $bytes "\22\22\22\22")
  ;; Whenever the size has changed: fills the last page, copies it onto itself, writes its last word; how often the word was
  ;; not as written
  (func (export "watch") (result i32)
    (local $size i32) (local $now i32) (local $page i32) (local $ended i32) (local $wrong i32)
    (local.set $size (i32.const 1))
    (loop $next
      (local.set $ended (i32.atomic.load (i32.const 0)))
      (i32.atomic.store (i32.const 64) (i32.const 1))
      (if (i32.ne (local.tee $now (memory.size)) (local.get $size))
        (then
          (local.set $size (local.get $now))
          (local.set $page (i32.mul (i32.sub (local.get $now) (i32.const 1)) (i32.const 65536)))
          (memory.fill (local.get $page) (i32.const 0x11) (i32.const 65536))
          (local.set $wrong (i32.add (local.get $wrong)
            (i32.ne (i32.load offset=65532 (local.get $page)) (i32.const 0x11111111))))
          (memory.init $bytes (i32.add (local.get $page) (i32.const 65532)) (i32.const 0) (i32.const 4))
          (memory.copy (local.get $page) (i32.add (local.get $page) (i32.const 4)) (i32.const 65532))
          (local.set $wrong (i32.add (local.get $wrong)
            (i32.ne (i32.load offset=65528 (local.get $page)) (i32.const 0x22222222))))))
      (br_if $next (i32.eqz (local.get $ended))))
    (local.get $wrong))
)
(assert_return (invoke "watch") (i32.const 0))
(wait $Grower)
