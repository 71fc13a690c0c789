;; title:    functions, globals, exports, segments and types are not shared
;; spec:     text-memtype
;; features: threads
;; threads:  1

;; A later proposal has a place for the word in some of these: as (shared …), which is left out.
(assert_malformed (module quote "(global shared i32 (i32.const 0))") "un")
(assert_malformed (module quote "(global i32 shared (i32.const 0))") "un")
(assert_malformed (module quote "(func shared)") "un")
(assert_malformed (module quote "(func (export \"f\") shared)") "un")
(assert_malformed (module quote "(memory 1 1) (export \"m\" (memory 0 shared))") "un")
(assert_malformed (module quote "(memory 1 1 shared) (export \"m\" (memory 0) shared)") "un")
(assert_malformed (module quote "(memory 1 1 shared) (data shared (i32.const 0) \"\")") "un")
(assert_malformed (module quote "(type (func) shared)") "un")
(assert_malformed (module quote "(import \"m\" \"m\" shared (memory 1 1))") "un")
(assert_malformed (module quote "(import \"m\" \"m\" (memory 1 1) shared)") "un")
(assert_malformed (module quote "(start shared)") "un")
(assert_malformed (module quote "(memory \"shared\" 1 1)") "un")
;; A name may be called so.
(module $shared (memory $shared (export "shared") 1 1 shared) (func $shared (export "f")))
(assert_return (invoke $shared "f"))
