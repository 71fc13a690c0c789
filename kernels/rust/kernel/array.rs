// SPDX-License-Identifier: Apache-2.0
//
// Arrays on the heap, and dividing them and other work among threads.
use core::ffi::{c_int, c_void};
use core::ops::{Deref, DerefMut};
use core::{array, slice};

use super::{MAX_THREADS, check};

unsafe extern "C" {
    fn calloc(count: usize, size: usize) -> *mut c_void;
    fn free(memory: *mut c_void);
}

/// The first of `size` pieces of work that is thread i's, when `threads` divide them.
pub fn share(size: u64, i: usize, threads: usize) -> u64 {
    let (i, threads) = (i as u64, threads as u64);
    size / threads * i + size % threads * i / threads
}

/// So many numbers on the heap.
pub struct Array<T> {
    numbers: *mut T,
    length: usize,
}

impl<T: Zero> Array<T> {
    /// All of them zero. Ends the program when there is no memory.
    pub fn new(size: u64) -> Self {
        let length = usize::try_from(size).unwrap_or(usize::MAX);
        // SAFETY: it may always be called.
        let memory = unsafe { calloc(length, size_of::<T>()) };
        check(c_int::from(memory.is_null()), "calloc");
        Self { numbers: memory.cast(), length }
    }
}

impl<T> Deref for Array<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        // SAFETY: so many there are, aligned for every type of C's, and the first time zeros, which are values of T.
        unsafe { slice::from_raw_parts(self.numbers, self.length) }
    }
}

impl<T> DerefMut for Array<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        // SAFETY: as above, and nobody else has them.
        unsafe { slice::from_raw_parts_mut(self.numbers, self.length) }
    }
}

impl<T> Drop for Array<T> {
    fn drop(&mut self) {
        // SAFETY: it is calloc's.
        unsafe { free(self.numbers.cast()) };
    }
}

/// An array cut into the shares of so many threads, each with its begin; of threads that there are not, nothing.
pub fn parts<T>(mut rest: &mut [T], threads: usize) -> [(usize, &mut [T]); MAX_THREADS] {
    let size = rest.len() as u64;
    array::from_fn(|i| {
        let [begin, end] = [i, i + 1].map(|i| share(size, i.min(threads), threads) as usize);
        (begin, rest.split_off_mut(..end - begin).unwrap())
    })
}

/// SAFETY: zero bits are a value of it.
pub unsafe trait Zero {}
unsafe impl Zero for u32 {}
unsafe impl Zero for u64 {}
