// SPDX-License-Identifier: Apache-2.0
//
// Mutexes and condition variables, pthread's: `std` has them, `core` has not.
use core::cell::UnsafeCell;
use core::ffi::{c_int, c_void};
use core::marker::PhantomData;
use core::ops::{Deref, DerefMut};

use super::check;

unsafe extern "C" {
    fn pthread_mutex_lock(mutex: *mut c_void) -> c_int;
    fn pthread_mutex_unlock(mutex: *mut c_void) -> c_int;
    fn pthread_cond_wait(condition: *mut c_void, mutex: *mut c_void) -> c_int;
    fn pthread_cond_signal(condition: *mut c_void) -> c_int;
    fn pthread_cond_broadcast(condition: *mut c_void) -> c_int;
}

/// Room for what C keeps of either, in every C library; zero is PTHREAD_MUTEX_INITIALIZER and PTHREAD_COND_INITIALIZER.
struct Opaque(UnsafeCell<[u64; 8]>);

impl Opaque {
    const fn new() -> Self {
        Self(UnsafeCell::new([0; 8]))
    }

    /// Calls a function of C's, which may not fail.
    fn call(&self, function: unsafe extern "C" fn(*mut c_void) -> c_int, name: &str) {
        // SAFETY: nobody moves it, for it is borrowed by all who use it, and it is C that keeps its users apart.
        check(unsafe { function(self.0.get().cast()) }, name);
    }
}

/// A value that one thread at a time has.
pub struct Mutex<T> {
    mutex: Opaque,
    value: UnsafeCell<T>,
}

// SAFETY: that is what a mutex is for.
unsafe impl<T: Send> Sync for Mutex<T> {}

impl<T> Mutex<T> {
    pub const fn new(value: T) -> Self {
        Self { mutex: Opaque::new(), value: UnsafeCell::new(value) }
    }

    pub fn lock(&self) -> Guard<'_, T> {
        self.mutex.call(pthread_mutex_lock, "pthread_mutex_lock");
        Guard(self, PhantomData)
    }
}

/// The value, as long as the mutex is locked; it stays with the thread, as who locks has to unlock.
pub struct Guard<'a, T>(&'a Mutex<T>, PhantomData<*const ()>);

impl<T> Guard<'_, T> {
    /// Lets the others have it until the condition is signalled, and again until `ready` says so.
    pub fn wait_until(&mut self, condition: &Condition, ready: impl Fn(&T) -> bool) {
        while !ready(self) {
            // SAFETY: as for call(); the mutex is locked, and is again afterwards.
            let error = unsafe { pthread_cond_wait(condition.0.0.get().cast(), self.0.mutex.0.get().cast()) };
            check(error, "pthread_cond_wait");
        }
    }
}

impl<T> Deref for Guard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        // SAFETY: the mutex is locked.
        unsafe { &*self.0.value.get() }
    }
}

impl<T> DerefMut for Guard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: the mutex is locked.
        unsafe { &mut *self.0.value.get() }
    }
}

impl<T> Drop for Guard<'_, T> {
    fn drop(&mut self) {
        self.0.mutex.call(pthread_mutex_unlock, "pthread_mutex_unlock");
    }
}

/// What threads wait for that have a mutex.
pub struct Condition(Opaque);

// SAFETY: C keeps its users apart.
unsafe impl Sync for Condition {}

impl Condition {
    pub const fn new() -> Self {
        Self(Opaque::new())
    }

    pub fn signal(&self) {
        self.0.call(pthread_cond_signal, "pthread_cond_signal");
    }

    pub fn broadcast(&self) {
        self.0.call(pthread_cond_broadcast, "pthread_cond_broadcast");
    }
}
