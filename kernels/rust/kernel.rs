// SPDX-License-Identifier: Apache-2.0
//
// What every kernel in Rust needs: its two arguments, a hash, a clock, output; in kernel/ threads and arrays. Of Rust
// there is `core` alone; the C library below it is the system's natively, and kernels/rt in Wasm. But for the calls of
// that, which are all in here, the kernels are safe Rust: what threads share, the compiler has agreed to.
#![allow(dead_code, unused_imports)] // no kernel uses all of it
#![allow(unsafe_code)] // and none has any of its own

use core::ffi::{CStr, c_char, c_int, c_long, c_void};
use core::fmt::{self, Write};
use core::panic::PanicInfo;

mod array;
pub mod sync;
mod threads;

pub use array::*;
pub use threads::*;

pub const MAX_THREADS: usize = 64;
const MAX_SIZE: u64 = 1 << 40;
const CLOCK_MONOTONIC: c_int = 1;

#[repr(C)]
struct Timespec {
    seconds: i64,
    nanoseconds: c_long,
}

unsafe extern "C" {
    static stdout: *mut c_void;
    static stderr: *mut c_void;
    fn fwrite(bytes: *const u8, size: usize, count: usize, file: *mut c_void) -> usize;
    fn clock_gettime(clock: c_int, now: *mut Timespec) -> c_int;
    safe fn exit(status: c_int) -> !;
    safe fn abort() -> !;
}

/// One of C's streams.
struct Stream(*mut c_void);

impl Write for Stream {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        // SAFETY: the text is so long, and C's streams lock themselves.
        match unsafe { fwrite(text.as_ptr(), 1, text.len(), self.0) } {
            written if written == text.len() => Ok(()),
            _ => Err(fmt::Error),
        }
    }
}

/// Prints on stdout, which is compared.
pub fn print(text: fmt::Arguments) {
    // SAFETY: it is C's, and nobody sets it.
    if Stream(unsafe { stdout }).write_fmt(text).is_err() {
        fail(3, format_args!("standard output cannot be written\n"));
    }
}

fn complain(text: fmt::Arguments) {
    // SAFETY: as above. There is nobody to tell that it cannot be written.
    let _ = Stream(unsafe { stderr }).write_fmt(text);
}

/// Ends the program.
fn fail(status: c_int, text: fmt::Arguments) -> ! {
    complain(text);
    exit(status)
}

/// Ends the program when a C function failed.
pub fn check(error: c_int, what: &str) {
    if error != 0 {
        fail(3, format_args!("{what} failed: {error}\n"));
    }
}

#[panic_handler]
fn panic(info: &PanicInfo) -> ! {
    complain(format_args!("{info}\n"));
    abort()
}

/// The arguments of every kernel: how many threads, how much work.
pub struct Arguments {
    pub threads: usize,
    pub size: u64,
}

fn number(text: &CStr, most: u64) -> u64 {
    match text.to_str().map(str::parse) {
        Ok(Ok(value)) if (1..=most).contains(&value) => value,
        _ => fail(2, format_args!("not a number from 1 to {most}: {}\n", text.to_str().unwrap_or("?"))),
    }
}

/// For C; in Wasm, main has the name below.
#[unsafe(no_mangle)]
extern "C" fn main(argc: c_int, argv: *const *const c_char) -> c_int {
    __main_argc_argv(argc, argv)
}

#[unsafe(no_mangle)]
extern "C" fn __main_argc_argv(argc: c_int, argv: *const *const c_char) -> c_int {
    // SAFETY: so the C library calls main.
    let argument = |i: c_int| (i < argc).then(|| unsafe { CStr::from_ptr(*argv.add(i as usize)) });
    if argc > 3 {
        let name = argument(0).and_then(|name| name.to_str().ok()).unwrap_or("?");
        fail(2, format_args!("usage: {name} [THREADS [SIZE]]\n"));
    }
    let threads = argument(1).map_or(4, |text| number(text, MAX_THREADS as u64)) as usize;
    let size = argument(2).map_or(crate::SIZE, |text| number(text, MAX_SIZE));
    if crate::run(&Arguments { threads, size }) { 0 } else { 1 }
}

/// Spreads a number over 64 bits (the finaliser of splitmix64).
pub fn hash(number: u64) -> u64 {
    let x = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

/// Of hashes that come in an order; another order has another one.
pub fn checksum(hashes: impl Iterator<Item = u64>) -> u64 {
    hashes.fold(0, |sum, each| hash(sum ^ each))
}

/// Nanoseconds of a clock that nobody sets.
pub fn now() -> i64 {
    let mut now = Timespec { seconds: 0, nanoseconds: 0 };
    // SAFETY: it is there to be written.
    unsafe { clock_gettime(CLOCK_MONOTONIC, &mut now) };
    now.seconds * 1_000_000_000 + i64::from(now.nanoseconds)
}

/// Times go to stderr: stdout is compared.
pub fn report_time(started: i64) {
    let microseconds = (now() - started) / 1000;
    complain(format_args!("seconds: {}.{:06}\n", microseconds / 1_000_000, microseconds % 1_000_000));
}
