//! The last wait of a process, which is the library's own: it has an end, too.
//!
//! Measured: `MPI_Finalize` of MPICH and Open MPI over TCP waits forever for ranks that a broken network has cut off, and that of
//! MPICH 4.0 now and then with a sound one, also in programs in C. By then all ranks have left and all work is done.

use std::io::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, sleep};
use std::time::Duration;

use super::glibc;
use crate::base::stderr::say;

/// How long the library may take. Thousands of ranks take seconds.
const PATIENCE: Duration = Duration::from_secs(60);

/// Finalises the library, or ends this process with `status` if that takes too long.
pub(super) fn finalize(status: i32, library: impl FnOnce()) {
    let is_over = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&is_over);
    // Without a thread to spare, it waits as the library does.
    let _ = thread::Builder::new().stack_size(128 << 10).spawn(move || {
        sleep(PATIENCE);
        if !seen.load(Ordering::Relaxed) {
            let seconds = PATIENCE.as_secs();
            say(format_args!(
                "note: all ranks are through, but MPI_Finalize has not come back for {seconds} s; this process ends without it"
            ));
            let _ = std::io::stdout().flush();
            glibc::end(status)
        }
    });
    library();
    is_over.store(true, Ordering::Relaxed);
}
