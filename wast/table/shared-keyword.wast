;; title:    the text format has no shared tables
;; spec:     text-tabletype
;; features: threads
;; threads:  1
;; why:      threads #162, wabt #1505

(module (table 1 2 funcref))
(assert_malformed (module quote "(table 1 2 shared funcref)") "unexpected token")
(assert_malformed (module quote "(table 1 2 funcref shared)") "unexpected token")
(assert_malformed (module quote "(table 1 shared funcref)") "unexpected token")
(assert_malformed (module quote "(import \"spectest\" \"table\" (table 10 20 shared funcref))") "unexpected token")
(assert_malformed (module quote "(table shared 1 2 funcref)") "unexpected token")
(assert_malformed (module quote "(table (export \"t\") 1 2 shared funcref)") "unexpected token")
(assert_malformed (module quote "(table (import \"spectest\" \"table\") 10 20 shared funcref)") "unexpected token")
(assert_malformed (module quote "(table shared funcref (elem))") "unexpected token")
