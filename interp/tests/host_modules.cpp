// SPDX-License-Identifier: Apache-2.0
#include "interp/tests/host_modules.h"

namespace weft {

// Every WASI function under test behind an export of the same name.
const TestModule kWasiCalls = {
    R"wat((module
  (import "wasi_snapshot_preview1" "args_get" (func $args_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "args_sizes_get" (func $args_sizes_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "environ_get" (func $environ_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "clock_time_get" (func $clock_time_get (param i32 i64 i32) (result i32)))
  (import "wasi_snapshot_preview1" "random_get" (func $random_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_read" (func $fd_read (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_seek" (func $fd_seek (param i32 i64 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_close" (func $fd_close (param i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_fdstat_get" (func $fd_fdstat_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_fdstat_set_flags" (func $fd_fdstat_set_flags (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_filestat_get" (func $fd_filestat_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_prestat_get" (func $fd_prestat_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_sync" (func $fd_sync (param i32) (result i32)))
  (import "wasi_snapshot_preview1" "path_unlink_file" (func $path_unlink_file (param i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "poll_oneoff" (func $poll_oneoff (param i32 i32 i32 i32) (result i32)))
  (import "wasi_unstable" "poll_oneoff" (func $poll_oneoff_unstable (param i32 i32 i32 i32) (result i32)))
  (import "wasi_unstable" "sched_yield" (func $sched_yield (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 16) "\40\00\00\00\05\00\00\00\46\00\00\00\07\00\00\00")  ;; two buffers: 64, 5 bytes; 70, 7 bytes
  (data (i32.const 32) "\ff\ff\00\00\02\00\00\00")                          ;; a buffer that leaves memory at its last byte
  (data (i32.const 64) "hello world!\n")
  (func (export "args_get") (param i32 i32) (result i32) (call $args_get (local.get 0) (local.get 1)))
  (func (export "args_sizes_get") (param i32 i32) (result i32) (call $args_sizes_get (local.get 0) (local.get 1)))
  (func (export "environ_get") (param i32 i32) (result i32) (call $environ_get (local.get 0) (local.get 1)))
  (func (export "clock_time_get") (param i32 i64 i32) (result i32)
    (call $clock_time_get (local.get 0) (local.get 1) (local.get 2)))
  (func (export "random_get") (param i32 i32) (result i32) (call $random_get (local.get 0) (local.get 1)))
  (func (export "fd_write") (param i32 i32 i32 i32) (result i32)
    (call $fd_write (local.get 0) (local.get 1) (local.get 2) (local.get 3)))
  (func (export "fd_read") (param i32 i32 i32 i32) (result i32)
    (call $fd_read (local.get 0) (local.get 1) (local.get 2) (local.get 3)))
  (func (export "fd_seek") (param i32 i64 i32 i32) (result i32)
    (call $fd_seek (local.get 0) (local.get 1) (local.get 2) (local.get 3)))
  (func (export "fd_fdstat_get") (param i32 i32) (result i32) (call $fd_fdstat_get (local.get 0) (local.get 1)))
  (func (export "fd_filestat_get") (param i32 i32) (result i32) (call $fd_filestat_get (local.get 0) (local.get 1)))
  (func (export "fd_prestat_get") (param i32 i32) (result i32) (call $fd_prestat_get (local.get 0) (local.get 1)))
  (func (export "fd_sync") (param i32) (result i32) (call $fd_sync (local.get 0)))
  (func (export "path_unlink_file") (param i32 i32 i32) (result i32)
    (call $path_unlink_file (local.get 0) (local.get 1) (local.get 2)))
  (func (export "poll_oneoff") (param i32 i32 i32 i32) (result i32)
    (call $poll_oneoff (local.get 0) (local.get 1) (local.get 2) (local.get 3)))
  (func (export "sched_yield") (result i32) (call $sched_yield))
  (func (export "write_after_close") (result i32)
    (drop (call $fd_close (i32.const 1)))
    (call $fd_write (i32.const 1) (i32.const 16) (i32.const 2) (i32.const 8)))
  ;; how many bytes fd_write counted
  (func (export "written") (result i32)
    (drop (call $fd_write (i32.const 1) (i32.const 16) (i32.const 2) (i32.const 8)))
    (i32.load (i32.const 8)))
  (func (export "read_byte") (param i32) (result i32)
    (drop (call $fd_read (i32.const 0) (i32.const 16) (i32.const 2) (i32.const 8)))
    (i32.load8_u (local.get 0)))
  (func (export "read_without_blocking") (result i32)
    (drop (call $fd_fdstat_set_flags (i32.const 0) (i32.const 4)))
    (call $fd_read (i32.const 0) (i32.const 16) (i32.const 2) (i32.const 8)))
  (func (export "argument_byte") (param i32) (result i32)
    (drop (call $args_get (i32.const 128) (i32.const 256)))
    (i32.load8_u (i32.add (i32.load (i32.const 132)) (local.get 0))))
  (func (export "environment_byte") (param i32) (result i32)
    (drop (call $environ_get (i32.const 128) (i32.const 256)))
    (i32.load8_u (i32.add (i32.load (i32.const 128)) (local.get 0))))
  (func (export "counts") (result i32)
    (drop (call $args_sizes_get (i32.const 128) (i32.const 132)))
    (i32.add (i32.mul (i32.load (i32.const 128)) (i32.const 1000)) (i32.load (i32.const 132))))
  ;; sleeps so many nanoseconds on the monotonic clock: events * 1000 + the type and error of the first one
  (func (export "sleep") (param i64) (result i32)
    (i32.store (i32.const 1040) (i32.const 1))
    (i64.store (i32.const 1048) (local.get 0))
    (drop (call $poll_oneoff (i32.const 1024) (i32.const 2048) (i32.const 1) (i32.const 8)))
    (i32.add (i32.mul (i32.load (i32.const 8)) (i32.const 1000)) (i32.load (i32.const 2056))))
  (func (export "sleep_unstable") (param i64) (result i32)
    (i32.store (i32.const 1048) (i32.const 1))
    (i64.store (i32.const 1056) (local.get 0))
    (drop (call $poll_oneoff_unstable (i32.const 1024) (i32.const 2048) (i32.const 1) (i32.const 8)))
    (i32.add (i32.mul (i32.load (i32.const 8)) (i32.const 1000)) (i32.load (i32.const 2056))))
  ;; waits for stdin or for 1000 s: events * 1000 + the bytes that can be read
  (func (export "wait_for_stdin") (result i32)
    (i32.store8 (i32.const 1032) (i32.const 1))
    (i32.store (i32.const 1088) (i32.const 1))
    (i64.store (i32.const 1096) (i64.const 1000000000000))
    (drop (call $poll_oneoff (i32.const 1024) (i32.const 2048) (i32.const 2) (i32.const 8)))
    (i32.add (i32.mul (i32.load (i32.const 8)) (i32.const 1000)) (i32.load (i32.const 2064))))))wat",
    "0061736d0100000001330860027f7f017f60037f7e7f017f60047f7f7f7f017f60047f7e7f7f017f60017f017f60037f7f7f017f6000017f"
    "60017e017f028f051216776173695f736e617073686f745f707265766965773108617267735f676574000016776173695f736e617073686f"
    "745f70726576696577310e617267735f73697a65735f676574000016776173695f736e617073686f745f70726576696577310b656e766972"
    "6f6e5f676574000016776173695f736e617073686f745f70726576696577310e636c6f636b5f74696d655f676574000116776173695f736e"
    "617073686f745f70726576696577310a72616e646f6d5f676574000016776173695f736e617073686f745f70726576696577310866645f77"
    "72697465000216776173695f736e617073686f745f70726576696577310766645f72656164000216776173695f736e617073686f745f7072"
    "6576696577310766645f7365656b000316776173695f736e617073686f745f70726576696577310866645f636c6f7365000416776173695f"
    "736e617073686f745f70726576696577310d66645f6664737461745f676574000016776173695f736e617073686f745f7072657669657731"
    "1366645f6664737461745f7365745f666c616773000016776173695f736e617073686f745f70726576696577310f66645f66696c65737461"
    "745f676574000016776173695f736e617073686f745f70726576696577310e66645f707265737461745f676574000016776173695f736e61"
    "7073686f745f70726576696577310766645f73796e63000416776173695f736e617073686f745f707265766965773110706174685f756e6c"
    "696e6b5f66696c65000516776173695f736e617073686f745f70726576696577310b706f6c6c5f6f6e656f666600020d776173695f756e73"
    "7461626c650b706f6c6c5f6f6e656f666600020d776173695f756e737461626c650b73636865645f7969656c640006031a19000000010002"
    "02030000000405020606060406040406070706050301000107f5021a066d656d6f7279020008617267735f67657400120e617267735f7369"
    "7a65735f67657400130b656e7669726f6e5f67657400140e636c6f636b5f74696d655f67657400150a72616e646f6d5f6765740016086664"
    "5f777269746500170766645f7265616400180766645f7365656b00190d66645f6664737461745f676574001a0f66645f66696c6573746174"
    "5f676574001b0e66645f707265737461745f676574001c0766645f73796e63001d10706174685f756e6c696e6b5f66696c65001e0b706f6c"
    "6c5f6f6e656f6666001f0b73636865645f7969656c6400201177726974655f61667465725f636c6f73650021077772697474656e00220972"
    "6561645f62797465002315726561645f776974686f75745f626c6f636b696e6700240d617267756d656e745f62797465002510656e766972"
    "6f6e6d656e745f62797465002606636f756e7473002705736c65657000280e736c6565705f756e737461626c6500290e776169745f666f72"
    "5f737464696e002a0acc031908002000200110000b08002000200110010b08002000200110020b0a0020002001200210030b080020002001"
    "10040b0c00200020012002200310050b0c00200020012002200310060b0c00200020012002200310070b08002000200110090b0800200020"
    "01100b0b080020002001100c0b06002000100d0b0a00200020012002100e0b0c002000200120022003100f0b040010110b1100410110081a"
    "410141104102410810050b1200410141104102410810051a41082802000b1200410041104102410810061a20002d00000b13004100410410"
    "0a1a410041104102410810060b170041800141800210001a41840128020020006a2d00000b170041800141800210021a4180012802002000"
    "6a2d00000b1c0041800141840110011a41800128020041e8076c4184012802006a0b2f004190084101360200419808200037030041800841"
    "801041014108100f1a410828020041e8076c4188102802006a0b2f00419808410136020041a0082000370300418008418010410141081010"
    "1a410828020041e8076c4188102802006a0b3c0041880841013a000041c008410136020041c8084280a094a58d1d37030041800841801041"
    "024108100f1a410828020041e8076c4190102802006a0b0b36030041100b10400000000500000046000000070000000041200b08ffff0000"
    "020000000041c0000b0d68656c6c6f20776f726c64210a"};

// A wasi-threads program; an export for each scene.
const TestModule kThreads = {
    R"wat((module
  (import "wasi" "thread-spawn" (func $spawn (param i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (import "wasi_snapshot_preview1" "fd_read" (func $fd_read (param i32 i32 i32 i32) (result i32)))
  (import "foo" "bar" (memory 1 1 shared))
  (func $sleep_for_ever (drop (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const -1))))
  (func $spin (loop $again (br $again)))
  ;; counters: at 4 the threads that have arrived, at 8 the sum of their numbers
  (func $add (param $counter i32) (param $value i32)
    (drop (i32.atomic.rmw.add (local.get $counter) (local.get $value)))
    (drop (memory.atomic.notify (local.get $counter) (i32.const -1))))
  (func $await (param $counter i32) (param $value i32) (local $seen i32)
    (loop $again
      (local.set $seen (i32.atomic.load (local.get $counter)))
      (if (i32.lt_u (local.get $seen) (local.get $value))
        (then (drop (memory.atomic.wait32 (local.get $counter) (local.get $seen) (i64.const -1))) (br $again)))))
  (func $trap_here unreachable)
  ;; what a thread does is its argument
  (func (export "wasi_thread_start") (param $tid i32) (param $argument i32)
    (call $add (i32.const 4) (i32.const 1))
    (block $add (block $read (block $trap (block $exit (block $spin (block $sleep
      (br_table $sleep $spin $exit $trap $read $add (local.get $argument)))
      (call $sleep_for_ever))
      (call $spin))
      (call $exit (i32.const 7)))
      (call $trap_here))
      (i32.store (i32.const 16) (i32.const 32))
      (i32.store (i32.const 20) (i32.const 4))
      (drop (call $fd_read (i32.const 0) (i32.const 16) (i32.const 1) (i32.const 12))))
      (call $add (i32.const 8) (local.get $tid)))
  (func $start (param i32) (if (i32.lt_s (call $spawn (local.get 0)) (i32.const 1)) (then unreachable)))
  (func (export "child_exits") (call $start (i32.const 2)) (call $sleep_for_ever))
  (func (export "child_spins") (call $start (i32.const 1)) (call $sleep_for_ever))
  (func (export "child_traps") (call $start (i32.const 3)) (call $sleep_for_ever))
  (func (export "exit_over_spin_sleep_and_read")
    (call $start (i32.const 0)) (call $start (i32.const 1)) (call $start (i32.const 4))
    (call $await (i32.const 4) (i32.const 3))
    (call $exit (i32.const 3)))
  (func (export "_start")
    (call $start (i32.const 0)) (call $start (i32.const 1)) (call $await (i32.const 4) (i32.const 2)))
  (func (export "deadlock") (call $start (i32.const 0)) (call $sleep_for_ever))
  (func (export "spin") (call $spin))
  ;; the sum of the numbers of n threads
  (func (export "sum_of_numbers") (param $n i32) (result i32) (local $i i32)
    (loop $again
      (call $start (i32.const 5))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (call $await (i32.const 4) (local.get $i))
      (br_if $again (i32.lt_u (local.get $i) (local.get $n))))
    (call $await (i32.const 8) (i32.div_u (i32.mul (local.get $n) (i32.add (local.get $n) (i32.const 1))) (i32.const 2)))
    (i32.atomic.load (i32.const 8)))
  ;; starts n sleepers: how the last start went
  (func (export "start_sleepers") (param $n i32) (result i32) (local $last i32)
    (loop $again
      (local.set $last (call $spawn (i32.const 0)))
      (local.set $n (i32.sub (local.get $n) (i32.const 1)))
      (br_if $again (local.get $n)))
    (local.get $last))))wat",
    "0061736d01000000011a0560017f017f60017f0060047f7f7f7f017f60000060027f7f0002650404776173690c7468726561642d73706177"
    "6e000016776173695f736e617073686f745f70726576696577310970726f635f65786974000116776173695f736e617073686f745f707265"
    "76696577310766645f72656164000203666f6f036261720203010103111003030404030401030303030303030000079c010a11776173695f"
    "7468726561645f737461727400080b6368696c645f6578697473000a0b6368696c645f7370696e73000b0b6368696c645f7472617073000c"
    "1d657869745f6f7665725f7370696e5f736c6565705f616e645f72656164000d065f7374617274000e08646561646c6f636b000f04737069"
    "6e00100e73756d5f6f665f6e756d6265727300110e73746172745f736c65657065727300120ad402100d0041004100427ffe0102001a0b07"
    "0003400c000b0b140020002001fe1e02001a2000417ffe0002001a0b2401017f03402000fe10020021022002200149044020002002427ffe"
    "0102001a0c010b0b0b0300000b4d0041044101100502400240024002400240024020010e050001020304050b10030b10040b410710010b10"
    "070b4110412036020041144104360200410041104101410c10021a0b4108200010050b0d00200010004101480440000b0b08004102100910"
    "030b08004101100910030b08004103100910030b1800410010094101100941041009410441031006410310010b1000410010094101100941"
    "04410210060b08004100100910030b040010040b3401017f034041051009200141016a210141042001100620012000490d000b4108200020"
    "0041016a6c41026e10064108fe1002000b1a01017f0340410010002101200041016b210020000d000b20010b"};

// A wasi-threads program that defines its memory itself.
const TestModule kOwnMemory = {
    R"wat((module
  (import "wasi" "thread-spawn" (func $spawn (param i32) (result i32)))
  (memory (export "memory") 1 1 shared)
  (data (i32.const 8) "\05")
  ;; how many instances there are
  (func $start (drop (i32.atomic.rmw.add (i32.const 12) (i32.const 1))))
  (start $start)
  (func (export "wasi_thread_start") (param i32 i32)
    (i32.atomic.store (i32.const 0) (local.get 1))
    (drop (memory.atomic.notify (i32.const 0) (i32.const 1))))
  ;; what a thread stored that was given 7; the active segment, written over before; the number of instances: digits
  (func (export "share") (result i32)
    (i32.store8 (i32.const 8) (i32.const 6))
    (if (i32.lt_s (call $spawn (i32.const 7)) (i32.const 0)) (then unreachable))
    (loop $again
      (if (i32.eqz (i32.atomic.load (i32.const 0)))
        (then (drop (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const -1))) (br $again))))
    (i32.add (i32.mul (i32.atomic.load (i32.const 0)) (i32.const 100))
      (i32.add (i32.mul (i32.load8_u (i32.const 8)) (i32.const 10)) (i32.atomic.load (i32.const 12)))))))wat",
    "0061736d0100000001120460017f017f60000060027f7f006000017f02150104776173690c7468726561642d737061776e00000304030102"
    "03050401030101072603066d656d6f7279020011776173695f7468726561645f7374617274000205736861726500030801010a6a030b0041"
    "0c4101fe1e02001a0b130041002001fe17020041004101fe0002001a0b4800410841063a0000410710004100480440000b03404100fe1002"
    "0045044041004100427ffe0102001a0c010b0b4100fe10020041e4006c41082d0000410a6c410cfe1002006a6a0b0b07010041080b0105"};

// One whose memory no two threads can have.
const TestModule kUnsharedMemory = {
    R"wat((module
  (import "wasi" "thread-spawn" (func $spawn (param i32) (result i32)))
  (memory (export "memory") 1)
  (func (export "wasi_thread_start") (param i32 i32))
  (func (export "spawn") (result i32) (call $spawn (i32.const 0)))))wat",
    "0061736d01000000010f0360017f017f60027f7f006000017f02150104776173690c7468726561642d737061776e00000303020102050301"
    "0001072603066d656d6f7279020011776173695f7468726561645f7374617274000105737061776e00020a0b0202000b0600410010000b"};

// Threads that write without end.
const TestModule kWriters = {
    R"wat((module
  (import "env" "memory" (memory 2 2 shared))
  (import "wasi" "thread-spawn" (func $spawn (param i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (data (i32.const 16) "\40\00\00\00\60\ea\00\00")  ;; a buffer: 64, 60000 bytes
  (func $write_for_ever (param $fd i32)
    (loop $again
      (drop (call $fd_write (local.get $fd) (i32.const 16) (i32.const 1) (i32.const 8)))
      (br $again)))
  (func (export "wasi_thread_start") (param i32 i32) (call $write_for_ever (local.get 1)))
  (func (export "write") (call $write_for_ever (i32.const 1)))
  (func (export "write_to_both")
    (if (i32.lt_s (call $spawn (i32.const 2)) (i32.const 0)) (then unreachable))
    (call $write_for_ever (i32.const 1)))))wat",
    "0061736d01000000011a0560017f017f60047f7f7f7f017f60017f0060027f7f0060000002460303656e76066d656d6f7279020302020477"
    "6173690c7468726561642d737061776e000016776173695f736e617073686f745f70726576696577310866645f7772697465000103050402"
    "030404072d0311776173695f7468726561645f7374617274000305777269746500040d77726974655f746f5f626f746800050a3404120003"
    "40200041104101410810011a0c000b0b0600200110020b0600410110020b1100410210004100480440000b410110020b0b0e010041100b08"
    "4000000060ea0000"};

// No imports at all.
const TestModule kPlain = {
    R"wat((module
  (func (export "add32") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
  (func (export "add64") (param i64 i64) (result i64) (i64.add (local.get 0) (local.get 1)))
  (func (export "half") (param f64) (result f64) (f64.div (local.get 0) (f64.const 2)))
  (func $deep (export "deep") (call $deep))
  (func $inner unreachable)
  (func $outer (export "trap") (call $inner))))wat",
    "0061736d0100000001150460027f7f017f60027e7e017e60017c017c60000003070600010203030307260505616464333200000561646436"
    "3400010468616c66000204646565700003047472617000050a2e060700200020016a0b0700200020017c0b0e002000440000000000000040"
    "a30b040010030b0300000b040010040b"};

const TestModule kStartExits = {
    R"wat((module
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory 1)
  (func $start (call $exit (i32.const 9)))
  (start $start)))wat",
    "0061736d0100000001080260017f0060000002240116776173695f736e617073686f745f70726576696577310970726f635f657869740000"
    "0302010105030100010801010a08010600410910000b"};

const TestModule kStartTraps = {
    R"wat((module (func $start unreachable) (start $start) (func (export "_start"))))wat",
    "0061736d010000000104016000000303020000070a01065f737461727400010801000a08020300000b02000b"};

const TestModule kUnknownImport = {
    R"wat((module (import "env" "no_such_function" (func (param i32))) (func (export "main") (result i32) (i32.const 0))))wat",
    "0061736d0100000001090260017f006000017f02180103656e76106e6f5f737563685f66756e6374696f6e000003020101070801046d6169"
    "6e00010a0601040041000b"};

const TestModule kWrongImport = {
    R"wat((module (import "wasi_snapshot_preview1" "fd_close" (func (param i64) (result i32))) (func (export "_start"))))wat",
    "0061736d0100000001090260017e017f60000002230116776173695f736e617073686f745f70726576696577310866645f636c6f73650000"
    "03020101070a01065f737461727400010a040102000b"};

// What Emscripten 3.1.6 makes, in small: the same imports, exports and order of calls.
const TestModule kEmscripten = {
    R"wat((module
  (import "env" "memory" (memory 2 2 shared))
  (import "env" "exit" (func $exit (param i32)))
  (import "env" "abort" (func $abort))
  (import "env" "__assert_fail" (func $assert_fail (param i32 i32 i32 i32)))
  (import "env" "__pthread_create_js" (func $create (param i32 i32 i32 i32) (result i32)))
  (import "env" "__emscripten_init_main_thread_js" (func $init_main (param i32)))
  (import "env" "__emscripten_thread_cleanup" (func $cleanup (param i32)))
  (import "env" "_emscripten_default_pthread_stack_size" (func $stack_size (result i32)))
  (import "env" "emscripten_unwind_to_js_event_loop" (func $unwind))
  (import "env" "emscripten_resize_heap" (func $resize_heap (param i32) (result i32)))
  (import "env" "__clock_gettime" (func $clock_gettime (param i32 i32) (result i32)))
  (import "env" "strftime_l" (func $strftime (param i32 i32 i32 i32 i32) (result i32)))
  (table (export "__indirect_function_table") 4 4 funcref)
  (elem (i32.const 1) $child $leaver $quitter)
  (global $self (mut i32) (i32.const 0))
  (global $stack (mut i32) (i32.const 65536))
  ;; a record of what happened: digits appended to a number at 0
  (func $note (param $digit i32)
    (i32.atomic.store (i32.const 0)
      (i32.add (i32.mul (i32.atomic.load (i32.const 0)) (i32.const 10)) (local.get $digit))))
  (func (export "__wasm_call_ctors") (call $note (i32.const 1)) (call $init_main (i32.const 77)))
  (func (export "_emscripten_thread_init") (param $self i32) (param i32 i32 i32 i32)
    (global.set $self (local.get $self)))
  (func (export "emscripten_tls_init") (result i32)
    (if (i32.eq (global.get $self) (i32.const 77)) (then (call $note (i32.const 2))))
    (i32.const 0))
  (func (export "stackRestore") (param i32) (global.set $stack (local.get 0)))
  (func (export "stackAlloc") (param i32) (result i32)
    (global.set $stack (i32.and (i32.sub (global.get $stack) (local.get 0)) (i32.const -16)))
    (global.get $stack))
  (func (export "__errno_location") (result i32) (i32.const 8))
  (func (export "__funcs_on_exit") (call $note (i32.const 8)))
  (func (export "__stdio_exit") 
    (call $note (i32.const 9))
    (if (i32.load (i32.const 28)) (then (call $exit (i32.load (i32.const 0))))))
  ;; struct pthread: here only its stack at 44 and 48
  (func $make (param $self i32) (param $routine i32) (result i32)
    (i32.store offset=44 (local.get $self) (i32.const 131072))
    (i32.store offset=48 (local.get $self) (call $stack_size))
    (call $create (local.get $self) (i32.const 0) (local.get $routine) (i32.const 5)))
  (func $await (param $address i32) (param $value i32) (local $seen i32)
    (loop $again
      (local.set $seen (i32.atomic.load (local.get $address)))
      (if (i32.ne (local.get $seen) (local.get $value))
        (then (drop (memory.atomic.wait32 (local.get $address) (local.get $seen) (i64.const -1))) (br $again)))))
  (func $tell (param $address i32) (param $value i32)
    (i32.atomic.store (local.get $address) (local.get $value))
    (drop (memory.atomic.notify (local.get $address) (i32.const 1))))
  ;; a pthread that returns its argument and its stack; its end is published at 12
  (func $child (param i32) (result i32) (i32.add (local.get 0) (i32.eq (global.get $stack) (i32.const 131072))))
  (func $leaver (param i32) (result i32)
    (call $thread_exit (i32.const 40)) (call $unwind) (unreachable))
  (func $quitter (param i32) (result i32) (call $exit (i32.const 21)) (unreachable))
  (func $thread_exit (export "_emscripten_thread_exit") (param i32)
    (if (i32.eq (global.get $self) (i32.const 2048)) (then (call $cleanup (global.get $self))))  ;; this one is detached
    (call $tell (i32.const 12) (local.get 0)))
  (func (export "_emscripten_thread_free_data") (param i32)
    (i32.store (select (i32.const 24) (i32.const 20) (i32.eq (local.get 0) (i32.const 2048))) (local.get 0)))
  ;; the first byte of argv[1]
  (func (export "main") (param i32 i32) (result i32)
    (if (i32.ne (i32.load (i32.const 0)) (i32.const 12)) (then unreachable))
    (if (result i32) (i32.eq (local.get 0) (i32.const 2))
      (then (i32.load8_u (i32.load offset=4 (local.get 1))))
      (else (i32.const 100))))
  (func (export "create_and_join") (result i32)
    (drop (call $make (i32.const 1024) (i32.const 1)))
    (call $await (i32.const 12) (i32.const 6))
    (call $cleanup (i32.const 1024))
    (i32.load (i32.const 20)))
  (func (export "pthread_exit") (result i32)
    (drop (call $make (i32.const 1024) (i32.const 2)))
    (call $await (i32.const 12) (i32.const 40))
    (i32.const 1))
  ;; the memory of a detached thread is freed by the creator of a later one
  (func (export "detach") (result i32)
    (drop (call $make (i32.const 2048) (i32.const 1)))
    (call $await (i32.const 12) (i32.const 6))
    (loop $again
      (i32.atomic.store (i32.const 12) (i32.const 0))
      (drop (call $make (i32.const 1024) (i32.const 1)))
      (call $await (i32.const 12) (i32.const 6))
      (call $cleanup (i32.const 1024))
      (br_if $again (i32.ne (i32.load (i32.const 24)) (i32.const 2048))))
    (i32.load (i32.const 24)))
  (func (export "child_quits") (drop (call $make (i32.const 1024) (i32.const 3))) (call $await (i32.const 12) (i32.const -1)))
  (func (export "create") (result i32) (call $make (i32.const 1024) (i32.const 1)))
  ;; a stack that begins at 0
  (func (export "create_without_memory") (result i32)
    (i32.store offset=44 (i32.const 1024) (call $stack_size))
    (i32.store offset=48 (i32.const 1024) (call $stack_size))
    (call $create (i32.const 1024) (i32.const 0) (i32.const 1) (i32.const 5)))
  (func (export "quit") (call $exit (i32.const 4)))
  ;; the last exit handler exits with the record: 1 constructors, 2 thread set-up, 8 and 9 handlers
  (func (export "record_of_exit") (i32.store (i32.const 28) (i32.const 1)) (call $exit (i32.const 4)))
  (func (export "abort") (call $abort))
  (func (export "assert")
    (i32.store (i32.const 32) (i32.const 0x79203c78))  ;; "x< y"
    (call $assert_fail (i32.const 32) (i32.const 0) (i32.const 7) (i32.const -2)))
  (func (export "grow") (result i32) (call $resize_heap (i32.const 131072)))
  (func (export "grow_too_far") (result i32) (call $resize_heap (i32.const 131073)))
  ;; 23 November 2026 by the format "%y|%b": its length * 1000 + its fourth byte; or with too little room
  (func (export "print_date") (param $room i32) (result i32)
    (i64.store (i32.const 64) (i64.const 0x62257c7925))
    (i32.store (i32.const 140) (i32.const 23))
    (i32.store (i32.const 144) (i32.const 10))
    (i32.store (i32.const 148) (i32.const 126))
    (i32.add
      (i32.mul (call $strftime (i32.const 96) (local.get $room) (i32.const 64) (i32.const 128) (i32.const 0)) (i32.const 1000))
      (i32.load8_u (i32.const 99))))
  (func (export "bad_clock") (result i32)
    (drop (call $clock_gettime (i32.const 99) (i32.const 64)))
    (i32.load (i32.const 8)))))wat",
    "0061736d01000000013c0a60017f0060000060047f7f7f7f0060047f7f7f7f017f6000017f60017f017f60027f7f017f60057f7f7f7f7f01"
    "7f60057f7f7f7f7f0060027f7f0002b8020c03656e76066d656d6f72790203020203656e760465786974000003656e760561626f72740001"
    "03656e760d5f5f6173736572745f6661696c000203656e76135f5f707468726561645f6372656174655f6a73000303656e76205f5f656d73"
    "6372697074656e5f696e69745f6d61696e5f7468726561645f6a73000003656e761b5f5f656d736372697074656e5f7468726561645f636c"
    "65616e7570000003656e76265f656d736372697074656e5f64656661756c745f707468726561645f737461636b5f73697a65000403656e76"
    "22656d736372697074656e5f756e77696e645f746f5f6a735f6576656e745f6c6f6f70000103656e7616656d736372697074656e5f726573"
    "697a655f68656170000503656e760f5f5f636c6f636b5f67657474696d65000603656e760a7374726674696d655f6c000703212000010804"
    "0005040101060909050505000006040404010404010101010404050404050170010404060d027f0141000b7f01418080040b07a2031a195f"
    "5f696e6469726563745f66756e6374696f6e5f7461626c650100115f5f7761736d5f63616c6c5f63746f7273000c175f656d736372697074"
    "656e5f7468726561645f696e6974000d13656d736372697074656e5f746c735f696e6974000e0c737461636b526573746f7265000f0a7374"
    "61636b416c6c6f630010105f5f6572726e6f5f6c6f636174696f6e00110f5f5f66756e63735f6f6e5f6578697400120c5f5f737464696f5f"
    "657869740013175f656d736372697074656e5f7468726561645f65786974001a1c5f656d736372697074656e5f7468726561645f66726565"
    "5f64617461001b046d61696e001c0f6372656174655f616e645f6a6f696e001d0c707468726561645f65786974001e06646574616368001f"
    "0b6368696c645f71756974730020066372656174650021156372656174655f776974686f75745f6d656d6f72790022047175697400230e72"
    "65636f72645f6f665f6578697400240561626f727400250661737365727400260467726f7700270c67726f775f746f6f5f66617200280a70"
    "72696e745f646174650029096261645f636c6f636b002a0909010041010b031718190af20420140041004100fe100200410a6c20006afe17"
    "02000b0b004101100b41cd0010040b0600200024000b1100230041cd004604404102100b0b41000b0600200024010b0e00230120006b4170"
    "71240123010b040041080b06004108100b0b15004109100b411c2802000440410028020010000b0b1c0020004180800836022c2000100636"
    "0230200041002001410510030b2401017f03402000fe10020021022002200147044020002002427ffe0102001a0c010b0b0b130020002001"
    "fe17020020004101fe0002001a0b0c002000230141808008466a0b09004128101a1007000b070041151000000b1500230041801046044023"
    "0010050b410c200010160b1200411841142000418010461b20003602000b22004100280200410c470440000b2000410246047f2001280204"
    "2d00000541e4000b0b1a00418008410110141a410c41061015418008100541142802000b1200418008410210141a410c4128101541010b3e"
    "00418010410110141a410c410610150340410c4100fe170200418008410110141a410c4106101541800810054118280200418010470d000b"
    "41182802000b1000418008410310141a410c417f10150b0900418008410110140b1d00418008100636022c41800810063602304180084100"
    "4101410510030b0600410410000b0d00411c4101360200410410000b040010010b1700412041f8f880c907360200412041004107417e1002"
    "0b08004180800810080b08004181800810080b420041c00042a5f2f1aba20c370300418c014117360200419001410a36020041940141fe00"
    "36020041e000200041c0004180014100100a41e8076c41e3002d00006a0b100041e30041c00010091a41082802000b"};

}  // namespace weft
