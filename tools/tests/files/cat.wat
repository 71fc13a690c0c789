;; Writes the file greeting.txt of its first directory to standard output; its status is an error number.
(module
  (import "wasi_snapshot_preview1" "path_open"
    (func $path_open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_read" (func $fd_read (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "greeting.txt")
  (data (i32.const 16) "\00\01\00\00\00\04\00\00")  ;; 1024 bytes at 256
  (func $check (param $error i32)
    (if (local.get $error) (then (call $proc_exit (local.get $error)))))
  (func (export "_start")
    (call $check (call $path_open (i32.const 3) (i32.const 1) (i32.const 0) (i32.const 12) (i32.const 0)
      (i64.const 2) (i64.const 0) (i32.const 0) (i32.const 32)))
    (call $check (call $fd_read (i32.load (i32.const 32)) (i32.const 16) (i32.const 1) (i32.const 20)))
    (call $check (call $fd_write (i32.const 1) (i32.const 16) (i32.const 1) (i32.const 24)))))
