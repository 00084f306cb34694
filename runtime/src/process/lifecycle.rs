//! What a process owes the other ranks when it ends, however it ends.
//!
//! Measured: a process that leaves without `MPI_Finalize` fails under one library and loses output
//! under the other, one that finalises while it unwinds hangs the job, `atexit` does not know the
//! exit code. So glibc's `on_exit` decides: with 0 the rank waits for the others and finalises,
//! otherwise it gives them a moment to end too and then takes the job down with its code.

use std::cell::Cell;
use std::ffi::{c_int, c_void};
use std::io::Write as _;
use std::panic::{self, AssertUnwindSafe};

use crate::transport::fabric::mpi;
use crate::transport::link::Link;

#[cfg(not(target_env = "gnu"))]
compile_error!(
    "the feature `mpi` needs glibc: its `on_exit` tells how a rank ended, so that no job hangs"
);

unsafe extern "C" {
    fn _exit(status: c_int) -> !;
    fn on_exit(function: extern "C" fn(c_int, *mut c_void), argument: *mut c_void) -> c_int;
}

thread_local! {
    /// The link of the thread that may use MPI. It has no destructor, so that it can still be read
    /// when the thread's other local values are gone.
    static LINK: Cell<Option<&'static Link>> = const { Cell::new(None) };
}

/// From now on the end of this process is known to the other ranks.
pub(crate) fn watch(link: &'static Link) {
    LINK.set(Some(link));
    // SAFETY: the handler is a plain function that lives as long as the program, it ignores its
    // argument, and it does not unwind into C.
    let refused = unsafe { on_exit(at_exit, std::ptr::null_mut()) };
    assert_eq!(
        refused, 0,
        "the C library has no room for another exit handler"
    );
}

extern "C" fn at_exit(status: c_int, _argument: *mut c_void) {
    // What was printed would be lost in an abort.
    let _ = std::io::stdout().flush();
    if mpi::is_calling() {
        // MPI itself ends this process, because the job was aborted, and must not be called again.
        // SAFETY: it takes no pointers and does not return.
        unsafe { _exit(status) }
    }
    if mpi::is_gone() {
        return;
    }
    let ended = panic::catch_unwind(AssertUnwindSafe(|| match LINK.get() {
        Some(link) => {
            let owed = link.leave(status);
            if owed != status {
                // SAFETY: it takes no pointers and does not return.
                unsafe { _exit(owed) }
            }
        }
        // `exit` was called in a body, on a compute thread.
        None => mpi::abort_job(if status == 0 { 1 } else { status }),
    }));
    if ended.is_err() {
        mpi::abort_job(if status == 0 { 101 } else { status });
    }
}
