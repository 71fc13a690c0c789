// SPDX-License-Identifier: Apache-2.0
//
// Threads that end before what they borrow does.
use core::ffi::{c_int, c_void};
use core::sync::atomic::AtomicUsize;
use core::sync::atomic::Ordering::SeqCst;
use core::{array, ptr};

use super::{MAX_THREADS, check};

type Start = extern "C" fn(*mut c_void) -> *mut c_void;

unsafe extern "C" {
    fn pthread_create(thread: *mut usize, attributes: *const c_void, start: Start, argument: *mut c_void) -> c_int;
    fn pthread_join(thread: usize, value: *mut *mut c_void) -> c_int;
    safe fn sched_yield() -> c_int;
}

/// Runs `left` on a thread of its own and `right` on this one, and returns when both have returned.
pub fn join<F: FnMut() + Send>(mut left: F, right: impl FnOnce()) {
    extern "C" fn start<F: FnMut()>(left: *mut c_void) -> *mut c_void {
        // SAFETY: join() leaves it to this thread until it has joined it.
        unsafe { (*left.cast::<F>())() };
        ptr::null_mut()
    }
    let mut thread = 0;
    // SAFETY: pthread_t is a word, and `left` may be sent to another thread, where it is until that is joined: a panic
    // in between would not unwind but end the program.
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
    let mut results: [(usize, R); MAX_THREADS] = array::from_fn(|i| (i, R::default()));
    team(&mut results[..threads], &|(i, result)| *result = body(*i), || {});
    results.map(|(_, result)| result)
}

/// Waits for so many threads: without a meeting, the first is often done before the second has been created.
pub fn meet(threads: usize) {
    static ARRIVED: AtomicUsize = AtomicUsize::new(0);
    let mut tries = 0;
    ARRIVED.fetch_add(1, SeqCst);
    while ARRIVED.load(SeqCst) < threads {
        relax(&mut tries);
    }
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
