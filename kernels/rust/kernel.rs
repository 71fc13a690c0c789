// SPDX-License-Identifier: Apache-2.0
//
// What every kernel in Rust needs: its two arguments, a hash, threads, arrays, output. Of Rust there is `core` alone, since there is
// no `std` with threads for Wasm; the C library below is the system's natively and kernels/rt in Wasm. Beyond these calls of it, the
// kernels are safe Rust wherever they do not say SAFETY: what they share, the compiler has agreed to.
#![allow(dead_code)] // no kernel uses all of it

use core::ffi::{CStr, c_char, c_int, c_long, c_void};
use core::fmt::{self, Write};
use core::panic::PanicInfo;
use core::ptr;

pub const MAX_THREADS: usize = 64;
const MAX_SIZE: u64 = 1 << 40;
const CLOCK_MONOTONIC: c_int = 1;

#[repr(C)]
struct Timespec {
    seconds: i64,
    nanoseconds: c_long,
}

type Start = extern "C" fn(*mut c_void) -> *mut c_void;

unsafe extern "C" {
    static stdout: *mut c_void;
    static stderr: *mut c_void;
    fn fwrite(bytes: *const u8, size: usize, count: usize, file: *mut c_void) -> usize;
    fn calloc(count: usize, size: usize) -> *mut c_void;
    fn clock_gettime(clock: c_int, now: *mut Timespec) -> c_int;
    fn pthread_create(thread: *mut usize, attributes: *const c_void, start: Start, argument: *mut c_void) -> c_int;
    fn pthread_join(thread: usize, value: *mut *mut c_void) -> c_int;
    safe fn sched_yield() -> c_int;
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

/// What C calls main; for Wasm, clang and so kernels/rt call it by the name below.
#[unsafe(no_mangle)]
extern "C" fn main(argc: c_int, argv: *const *const c_char) -> c_int {
    __main_argc_argv(argc, argv)
}

#[unsafe(no_mangle)]
extern "C" fn __main_argc_argv(argc: c_int, argv: *const *const c_char) -> c_int {
    // SAFETY: so the C library calls main.
    let argument = |i: c_int| (i < argc).then(|| unsafe { CStr::from_ptr(*argv.add(i as usize)) });
    if argc > 3 {
        fail(2, format_args!("usage: {} [THREADS [SIZE]]\n", argument(0).and_then(|name| name.to_str().ok()).unwrap_or("?")));
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

/// The first of `size` pieces of work that is thread i's, when `threads` divide them.
pub fn share(size: u64, i: usize, threads: usize) -> u64 {
    let (i, threads) = (i as u64, threads as u64);
    size / threads * i + size % threads * i / threads
}

/// So many numbers, all zero, until the program ends.
pub fn array<T: Zero>(count: u64) -> &'static mut [T] {
    let length = usize::try_from(count).unwrap_or(usize::MAX);
    // SAFETY: nobody else has the memory, it is aligned for every type of C's, and zero is a value of T.
    unsafe {
        let memory = calloc(length, size_of::<T>());
        check(c_int::from(memory.is_null()), "calloc");
        core::slice::from_raw_parts_mut(memory.cast(), length)
    }
}

/// An array cut into the shares of so many threads, each with its begin; of threads that there are not, nothing.
pub fn parts<T>(mut array: &mut [T], threads: usize) -> [(usize, &mut [T]); MAX_THREADS] {
    let size = array.len() as u64;
    core::array::from_fn(|i| {
        let [begin, end] = [i, i + 1].map(|i| share(size, i.min(threads), threads) as usize);
        (begin, array.split_off_mut(..end - begin).unwrap())
    })
}

/// SAFETY: zero bits are a value of it.
pub unsafe trait Zero {}
unsafe impl Zero for u32 {}
unsafe impl Zero for u64 {}

/// Runs `left` on a thread of its own and `right` on this one, and returns when both have returned.
pub fn join<F: FnMut() + Send>(mut left: F, right: impl FnOnce()) {
    extern "C" fn start<F: FnMut()>(left: *mut c_void) -> *mut c_void {
        // SAFETY: join() leaves it to this thread until it has joined it.
        unsafe { (*left.cast::<F>())() };
        ptr::null_mut()
    }
    let mut thread = 0;
    // SAFETY: pthread_t is a word, and `left` may be sent to another thread; a panic in between does not unwind but ends the program.
    unsafe {
        check(pthread_create(&mut thread, ptr::null(), start::<F>, (&raw mut left).cast()), "pthread_create");
        right();
        check(pthread_join(thread, ptr::null_mut()), "pthread_join");
    }
}

/// Runs `body` on a thread for each element, and `here` on this one meanwhile.
pub fn team<T: Send>(elements: &mut [T], body: &(impl Fn(&mut T) + Sync), here: impl FnOnce()) {
    match elements.split_first_mut() {
        Some((first, rest)) => join(|| body(first), || team(rest, body, here)),
        None => here(),
    }
}

/// Runs `body(i)` on thread i of so many. What they return; of those that there are not, the default.
pub fn on_threads<R: Copy + Default + Send>(threads: usize, body: impl Fn(usize) -> R + Sync) -> [R; MAX_THREADS] {
    let mut results: [(usize, R); MAX_THREADS] = core::array::from_fn(|i| (i, R::default()));
    team(&mut results[..threads], &|(i, result)| *result = body(*i), || {});
    results.map(|(_, result)| result)
}

/// Between two looks at what another thread is to change; `tries` counts them, from 0.
pub fn relax(tries: &mut u32) {
    *tries += 1;
    if *tries % 32 == 0 {
        sched_yield();
    }
}

/// In the middle of what nobody may interrupt: lets the others try, now and then.
pub fn dawdle(number: u64) {
    if number % 64 == 0 {
        sched_yield();
    }
}
