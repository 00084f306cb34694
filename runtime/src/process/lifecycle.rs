//! What a process owes the other ranks when it ends, however it ends.
//!
//! Measured, with MPI: a process that leaves without `MPI_Finalize` fails under one library and loses
//! output under the other, one that finalises while it unwinds hangs the job, `atexit` does not know
//! the exit code. So glibc's `on_exit` decides: with 0 the rank waits for the others and finalises,
//! otherwise it gives them a moment to end too and then takes the job down with its code.

mod finale;
mod glibc;
mod process_end;
pub(crate) mod watcher;

use std::cell::Cell;
use std::ffi::{c_int, c_void};
use std::io::Write as _;
use std::mem;
use std::panic::{self, AssertUnwindSafe};
use std::sync::{Arc, Mutex, Once, OnceLock};

use crate::base::lock::lock;
use crate::base::stderr::say;
use crate::base::thread_context::Identity;
use crate::base::whereabouts;
use crate::process::{interruption, skipped};
use crate::transport::fabric::Library;
use crate::transport::link::Link;

thread_local! {
    /// The link of the thread that may use the library. It has no destructor, so that it can still be
    /// read when the thread's other local values are gone.
    static LINK: Cell<Option<&'static Link>> = const { Cell::new(None) };
}

/// The library, for the thread that ends the process, which may be another one.
static LIBRARY: OnceLock<&'static dyn Library> = OnceLock::new();

/// This rank as it is shown to people.
static IDENTITY: OnceLock<Arc<Identity>> = OnceLock::new();

/// From now on the end of this process is known to the other ranks.
pub(crate) fn watch(link: &'static Link, library: &'static dyn Library) {
    LINK.set(Some(link));
    LIBRARY.get_or_init(|| library);
    IDENTITY.get_or_init(|| Arc::clone(link.identity()));
    assert!(
        glibc::on_exit(at_exit),
        "the C library has no room for another exit handler"
    );
}

/// From now on the exit code of this process says whether something was left out that the program did not ask for. Other
/// C libraries than glibc don't tell the exit code, and let nobody change it.
pub(crate) fn mind_skipped() {
    static MINDED: Once = Once::new();
    if LIBRARY.get().is_none() {
        MINDED.call_once(|| {
            let _ = glibc::on_exit(end_as_skipped);
        });
    }
}

/// Where there are no ranks.
extern "C" fn end_as_skipped(status: c_int, _argument: *mut c_void) {
    let owed = skipped::exit_code(status);
    if owed != status {
        let _ = std::io::stdout().flush();
        glibc::flush();
        glibc::end(owed)
    }
}

/// What this process does last of all, however it ends by itself, in this order.
static LAST: Mutex<Vec<fn()>> = Mutex::new(Vec::new());

/// Has something done when this process ends, once.
pub(crate) fn at_end(task: fn()) {
    static SET_UP: Once = Once::new();
    lock(&LAST).push(task);
    // Where there are ranks, they are told of its end later.
    SET_UP.call_once(|| glibc::at_exit(do_last));
}

extern "C" fn do_last() {
    let tasks = mem::take(&mut *lock(&LAST));
    for task in tasks {
        // Nothing may unwind into C.
        drop(panic::catch_unwind(task));
    }
}

extern "C" fn at_exit(status: c_int, _argument: *mut c_void) {
    let Some(&library) = LIBRARY.get() else {
        return;
    };
    // What was printed would be lost in an abort.
    let _ = std::io::stdout().flush();
    do_last();
    if library.is_calling() {
        // It ends this process itself, because the job was aborted, and must not be called again.
        glibc::end(status)
    }
    if library.is_gone() {
        return;
    }
    let here = whereabouts::here();
    // Of the others, the master tells.
    let is_told =
        LINK.get().is_some() && (status == 0 || !here.is_in_chunk()) || interruption::is_pending();
    if let Some(identity) = IDENTITY.get().filter(|_| !is_told) {
        let Identity { rank, host, .. } = &**identity;
        say(format_args!(
            "error: rank {rank} ({host}) ended by an `exit({status})` {here}, and the job ends with it"
        ));
    }
    let ended = panic::catch_unwind(AssertUnwindSafe(|| match LINK.get() {
        Some(link) => {
            watcher::is_leaving();
            // With iterations left out, it is an orderly end all the same.
            let owed = skipped::exit_code(link.leave(status));
            watcher::disarm();
            finale::finalize(owed, || link.finalize());
            if owed != status {
                glibc::flush();
                glibc::end(owed)
            }
        }
        // `exit` was called in a body, on a compute thread. MPI asks for the thread that started it, which may be in a long
        // iteration, and would meet this one in `exit`. Both libraries end the job from any thread.
        None => library.abort(if status == 0 { 1 } else { status }),
    }));
    if ended.is_err() {
        library.abort(if status == 0 { 101 } else { status });
    }
}
