// SPDX-License-Identifier: Apache-2.0
#include "interp/tests/host_modules.h"

namespace weft {

// What Emscripten 4.0 and later import that 3.1.6 does not.
const TestModule kEmscripten4 = {
    R"wat((module
  (import "env" "memory" (memory 2 2 shared))
  (import "env" "_tzset_js" (func $tzset (param i32 i32 i32 i32)))
  (import "env" "_localtime_js" (func $localtime (param i64 i32)))
  (import "env" "_gmtime_js" (func $gmtime (param i64 i32) (result i32)))  ;; as 6.0.9 has them both
  (import "env" "_mktime_js" (func $mktime (param i32) (result i64)))
  (import "env" "__call_sighandler" (func $call_sighandler (param i32 i32)))
  (import "env" "emscripten_runtime_keepalive_check" (func $keepalive (result i32)))
  (import "env" "_emscripten_notify_mailbox_postmessage" (func $notify (param i32 i32)))
  (import "env" "__pthread_create_js" (func $create (param i32 i32 i32 i32) (result i32)))
  (table (export "__indirect_function_table") 3 3 funcref)
  (elem (i32.const 1) $handler $main)
  (global $signal (mut i32) (i32.const 0))
  (func $handler (param i32) (global.set $signal (local.get 0)))
  (func $main (export "main") (result i32) (i32.const 0))
  ;; the year since 1900, the day of the year and the offset from UTC, of a struct tm that was all ones
  (func (export "localtime") (param $seconds i64) (result i32 i32 i32)
    (memory.fill (i32.const 64) (i32.const -1) (i32.const 44))
    (call $localtime (local.get $seconds) (i32.const 64))
    (i32.load (i32.const 84)) (i32.load (i32.const 92)) (i32.load (i32.const 100)))
  (func (export "gmtime") (param $seconds i64) (result i32 i32)
    (call $gmtime (local.get $seconds) (i32.const 64)) (i32.load (i32.const 84)))
  (func (export "gmtime_nowhere") (drop (call $gmtime (i64.const 0) (i32.const 131040))))
  ;; the 400th of January 1970, and which day of what month that is
  (func (export "mktime") (result i64 i32 i32)
    (memory.fill (i32.const 64) (i32.const 0) (i32.const 44))
    (i32.store (i32.const 76) (i32.const 400))
    (i32.store (i32.const 84) (i32.const 70))
    (call $mktime (i32.const 64)) (i32.load (i32.const 76)) (i32.load (i32.const 80)))
  (func (export "mktime_nowhere") (drop (call $mktime (i32.const 131068))))
  (func (export "tzset") (result i32 i32 i32)
    (memory.fill (i32.const 0) (i32.const -1) (i32.const 16))
    (call $tzset (i32.const 0) (i32.const 4) (i32.const 8) (i32.const 12))
    (i32.load (i32.const 0)) (i32.load (i32.const 4)) (i32.load (i32.const 12)))
  (func (export "signal") (param $handler i32) (result i32)
    (call $call_sighandler (local.get $handler) (i32.const 15)) (global.get $signal))
  (func (export "notify") (result i32) (call $notify (i32.const 8) (i32.const 8)) (call $keepalive))
  (func (export "create_nobody") (result i32)
    (call $create (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 5)))))wat",
    "0061736d01000000014e0e60047f7f7f7f0060027e7f0060027e7f017f60017f017e60027f7f006000017f60047f7f7f7f017f60017f0060"
    "017e037f7f7f60017e027f7f6000006000037e7f7f6000037f7f7f60017f017f02de010903656e76066d656d6f72790203020203656e7609"
    "5f747a7365745f6a73000003656e760d5f6c6f63616c74696d655f6a73000103656e760a5f676d74696d655f6a73000203656e760a5f6d6b"
    "74696d655f6a73000303656e76115f5f63616c6c5f73696768616e646c6572000403656e7622656d736372697074656e5f72756e74696d65"
    "5f6b656570616c6976655f636865636b000503656e76265f656d736372697074656e5f6e6f746966795f6d61696c626f785f706f73746d65"
    "7373616765000403656e76135f5f707468726561645f6372656174655f6a730006030c0b070508090a0b0a0c0d0505040501700103030606"
    "017f0141000b078e010b195f5f696e6469726563745f66756e6374696f6e5f7461626c650100046d61696e0009096c6f63616c74696d6500"
    "0a06676d74696d65000b0e676d74696d655f6e6f7768657265000c066d6b74696d65000d0e6d6b74696d655f6e6f7768657265000e05747a"
    "736574000f067369676e616c0010066e6f7469667900110d6372656174655f6e6f626f647900120908010041010b0208090ad1010b060020"
    "0024000b040041000b250041c000417f412cfc0b00200041c000100141d40028020041dc0028020041e4002802000b0f00200041c0001002"
    "41d4002802000b0b00420041e0ff0710021a0b2f0041c0004100412cfc0b0041cc0041900336020041d40041c60036020041c000100341cc"
    "0028020041d0002802000b090041fcff0710031a0b24004100417f4110fc0b00410041044108410c100041002802004104280200410c2802"
    "000b0a002000410f100423000b0a0041084108100610050b0c00410041004101410510070b"};

}  // namespace weft
