;; title:    wait and notify on a shared 64-bit memory hand over a round trip
;; spec:     exec-memory.atomic.waitn
;; features: threads memory64
;; threads:  2
;; needs:    wait
;; why:      wasmtime #4267, WebKit #64198

;; Two threads play ping-pong: the ball at 64 is 0 for the one, 1 for the other. Each waits as long as the ball is the
;; other's; the plain word at 72 counts the turns of both.
(module $Mem (memory (export "memory") i64 1 1 shared))
(register "mem" $Mem)

(thread $Pong (shared (module $Mem))
  (register "mem" $Mem)
  (module
    (memory (import "mem" "memory") i64 1 1 shared)
    (func (export "play") (param $me i32) (param $n i32)
      (loop $next
        (loop $until_mine
          (if (i32.ne (i32.atomic.load (i64.const 64)) (local.get $me))
            (then
              (drop (memory.atomic.wait32 offset=60 (i64.const 4) (i32.xor (local.get $me) (i32.const 1)) (i64.const -1)))
              (br $until_mine))))
        (i32.store (i64.const 72) (i32.add (i32.load (i64.const 72)) (i32.const 1)))
        (i32.atomic.store (i64.const 64) (i32.xor (local.get $me) (i32.const 1)))
        (drop (memory.atomic.notify (i64.const 64) (i32.const 1)))
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
  )
  (invoke "play" (i32.const 1) (i32.const 200))
)

(module
  (memory (import "mem" "memory") i64 1 1 shared)
  (func (export "play") (param $me i32) (param $n i32)
    (loop $next
      (loop $until_mine
        (if (i32.ne (i32.atomic.load (i64.const 64)) (local.get $me))
          (then
            (drop (memory.atomic.wait32 (i64.const 64) (i32.xor (local.get $me) (i32.const 1)) (i64.const -1)))
            (br $until_mine))))
      (i32.store (i64.const 72) (i32.add (i32.load (i64.const 72)) (i32.const 1)))
      (i32.atomic.store (i64.const 64) (i32.xor (local.get $me) (i32.const 1)))
      (drop (memory.atomic.notify offset=64 (i64.const 0) (i32.const 1)))
      (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
  (func (export "turns") (result i32) (i32.load (i64.const 72)))
)
(invoke "play" (i32.const 0) (i32.const 200))
(wait $Pong)
(assert_return (invoke "turns") (i32.const 400))
