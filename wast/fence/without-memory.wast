;; title:    atomic.fence is valid and runs without a memory
;; spec:     exec-memory.atomic.fence
;; features: threads
;; threads:  1
;; why:      wizard #481, wasmparser #119

(module (func (export "run") (atomic.fence)))
(assert_return (invoke "run"))

;; Nor does it mind which memory there is.
(module (memory 1) (func (export "run") (atomic.fence)))
(assert_return (invoke "run"))
(module (memory 1 1 shared) (func (export "run") (atomic.fence)))
(assert_return (invoke "run"))
(module (memory 0 0 shared) (func (export "run") (atomic.fence)))
(assert_return (invoke "run"))
