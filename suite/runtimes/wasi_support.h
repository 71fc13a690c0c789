// SPDX-License-Identifier: Apache-2.0
//
// What a wasi-threads program needs beside the script's own modules, as modules that are merged with them.
#pragma once

#include <string_view>

namespace weft::runtimes {

/// "fail": says on standard error which line does not hold, at the beginning of the memory, and ends the program.
inline constexpr std::string_view kFailModule = R"(
(module
  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (import "env" "memory" (memory 0))
  ;; Writes the number at $at; returns what is behind it.
  (func $digits (param $number i32) (param $at i32) (result i32)
    (if (i32.ge_u (local.get $number) (i32.const 10))
      (then (local.set $at (call $digits (i32.div_u (local.get $number) (i32.const 10)) (local.get $at)))))
    (i32.store8 (local.get $at) (i32.add (i32.const 48) (i32.rem_u (local.get $number) (i32.const 10))))
    (i32.add (local.get $at) (i32.const 1)))
  (func (export "fail") (param $line i32)
    (local $end i32)
    (if (memory.size)
      (then
        (i64.store (i32.const 16) (i64.const 0x20656e696c)) ;; "line "
        (local.set $end (call $digits (local.get $line) (i32.const 21)))
        ;; ": not as expected", a newline
        (i64.store offset=0 (local.get $end) (i64.const 0x736120746f6e203a))
        (i64.store offset=8 (local.get $end) (i64.const 0x6574636570786520))
        (i64.store offset=16 (local.get $end) (i64.const 0x0000000000000a64))
        (i32.store (i32.const 0) (i32.const 16))
        (i32.store (i32.const 4) (i32.add (local.get $end) (i32.const 2))) ;; 18 more, 16 before it
        (drop (call $write (i32.const 2) (i32.const 0) (i32.const 1) (i32.const 8)))))
    (call $exit (i32.const 1))))
)";

/// "end" and "join": a task says that it has ended in a cell of the shared memory. It is not waited for by
/// memory.atomic.wait, which is what is tested.
inline constexpr std::string_view kJoinModule = R"(
(module
  (import "wasi_snapshot_preview1" "sched_yield" (func $yield (result i32)))
  (import "env" "memory" (memory 1 1 shared))
  (func (export "end") (param $cell i32) (i32.atomic.store (local.get $cell) (i32.const 1)))
  (func (export "join") (param $cell i32)
    (loop $again
      (drop (call $yield))
      (br_if $again (i32.eqz (i32.atomic.load (local.get $cell)))))))
)";

}  // namespace weft::runtimes
