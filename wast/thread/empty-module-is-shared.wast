;; title:    a module that exports nothing can be given to a thread: nothing of it is not shared
;; spec:     script
;; features: threads
;; threads:  2

(module $Empty)
(module $Silent (memory 1) (func $f))

(thread $T (shared (module $Empty))
  (register "empty" $Empty)
  (assert_unlinkable (module (import "empty" "f" (func))) "unknown import")
)
(wait $T)
(thread $U (shared (module $Silent))
  (register "silent" $Silent)
)
(wait $U)
