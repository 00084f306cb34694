//! The end of MPI in a process, so that its launcher hears of it.
//!
//! Measured, with Open MPI 4.1: a rank tells its launcher that it finalises and waits for the answer for two seconds,
//! no longer. A launcher that other work keeps from running reads of the rank's end first, takes it for a crash
//! ("exited without calling finalize"), and ends a job that has done all its work with exit code 1. A rank that stays
//! for a while after such a wait is heard.

use std::thread::sleep;
use std::time::{Duration, Instant};

use mpi::environment::Universe;

use super::calls::call;

/// Open MPI waits for its launcher this long.
const UNANSWERED: Duration = Duration::from_secs(2);

/// What a launcher that was late by then gets beside.
const GRACE: Duration = Duration::from_secs(15);

/// Finalises MPI.
pub(super) fn finalize(universe: Universe, version: &str) {
    let since = Instant::now();
    call(|| drop(universe));
    if version.starts_with("Open MPI") && since.elapsed() >= UNANSWERED {
        sleep(GRACE);
    }
}
