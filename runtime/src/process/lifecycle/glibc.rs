//! Calls of the C library for a process that ends: what is done then, with its exit code where glibc tells it, and its end at
//! once.
//!
//! Invariant: processes with ranks run on glibc, as `fabric::mpi` makes sure.

use std::ffi::{c_int, c_void};

/// What is called with the exit code, and a pointer that means nothing.
pub(super) type Handler = extern "C" fn(c_int, *mut c_void);

/// Has a function called when this process ends, if there is room for one more.
pub(super) fn at_exit(function: extern "C" fn()) {
    unsafe extern "C" {
        fn atexit(function: extern "C" fn()) -> c_int;
    }
    // SAFETY: it is a plain function that lives as long as the program, and does not unwind into C.
    unsafe { atexit(function) };
}

/// Whether the C library will call the handler when this process ends.
#[cfg(all(unix, target_env = "gnu"))]
pub(super) fn on_exit(handler: Handler) -> bool {
    unsafe extern "C" {
        fn on_exit(function: Handler, argument: *mut c_void) -> c_int;
    }
    // SAFETY: a handler is a plain function that lives as long as the program, and does not unwind
    // into C; its argument is null, through which safe code reads and writes nothing.
    unsafe { on_exit(handler, std::ptr::null_mut()) == 0 }
}

/// Ends this process, without calling any handler.
#[cfg(all(unix, target_env = "gnu"))]
pub(super) fn end(status: i32) -> ! {
    unsafe extern "C" {
        fn _exit(status: c_int) -> !;
    }
    // SAFETY: it takes no pointers and does not return.
    unsafe { _exit(status) }
}

/// Writes what code in C has printed, which `end` would lose.
#[cfg(all(unix, target_env = "gnu"))]
pub(super) fn flush() {
    unsafe extern "C" {
        fn fflush(stream: *mut c_void) -> c_int;
    }
    // SAFETY: without a stream it flushes all of them, which it locks one by one; `exit` does so itself.
    unsafe { fflush(std::ptr::null_mut()) };
}

#[cfg(not(all(unix, target_env = "gnu")))]
pub(super) fn flush() {}

#[cfg(not(all(unix, target_env = "gnu")))]
pub(super) fn on_exit(_handler: Handler) -> bool {
    false
}

#[cfg(not(all(unix, target_env = "gnu")))]
pub(super) fn end(_status: i32) -> ! {
    std::process::abort()
}
