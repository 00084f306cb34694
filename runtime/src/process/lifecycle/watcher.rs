//! A rank that dies without a word (killed, out of memory, by `_exit`) is missed by its neighbour on the machine, which
//! ends the job where nobody else does.
//!
//! Measured: mpiexec ends the job of a dead rank within a second, and `srun` without `-K` never does.
//!
//! Invariant: who leaves together with the others is not taken for dead. A rank's process ends only when all ranks have
//! said that they leave, so its neighbour is about to hear the same, or has finalised the library.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::thread::{self, sleep};
use std::time::Duration;

use super::{glibc, process_end::End};
use crate::base::stderr::say;
use crate::process::neighbours::{Neighbour, Process};
use crate::transport::fabric::Library;

/// How often a watcher sleeps before it speaks: launchers that end the job by themselves come first.
const NAPS: u32 = 20;

/// The same where this process is about to end, too: it waits for the word of the master, which may be busy.
const NAPS_OF_LEAVING: u32 = 100;

/// Many short sleeps and no long one: of a process that was stopped, all threads go on at once.
const NAP: Duration = Duration::from_millis(100);

/// How long the library may take to end the job.
const PATIENCE: Duration = Duration::from_secs(5);

/// The exit code of a job of which a rank has died.
const DIED: i32 = 1;

/// A watcher needs next to nothing.
const STACK: usize = 128 << 10;

/// Whether the end of a neighbour is as it should be.
static DISARMED: AtomicBool = AtomicBool::new(false);

static PATIENT_FOR: AtomicU32 = AtomicU32::new(NAPS);

/// From now on, the end of this rank's neighbour is the end of the job.
pub(crate) fn watch(neighbour: Neighbour, host: &str, library: &'static dyn Library) {
    let Some(end) = End::of(neighbour.process.id) else {
        return;
    };
    // Who has the id now is the neighbour, or was never seen from here.
    if Process::of(neighbour.process.id).as_ref() != Some(&neighbour.process) {
        return;
    }
    let host = host.to_owned();
    let watcher = thread::Builder::new()
        .name("parallel-for watcher".to_owned())
        .stack_size(STACK);
    // Without a thread to spare, a rank does without: the others are still watched.
    let _ = watcher.spawn(move || {
        if end.wait() {
            missed(&neighbour, &host, library);
        }
    });
}

/// This process ends, with the others or by itself.
pub(super) fn is_leaving() {
    PATIENT_FOR.store(NAPS_OF_LEAVING, Ordering::Relaxed);
}

/// All ranks have left: from now on each ends when it likes.
pub(super) fn disarm() {
    DISARMED.store(true, Ordering::Relaxed);
}

/// The neighbour's process has ended.
fn missed(neighbour: &Neighbour, host: &str, library: &'static dyn Library) {
    let mut naps = 0;
    while naps < PATIENT_FOR.load(Ordering::Relaxed) {
        // A program may go on for long after it has finalised the library itself.
        if DISARMED.load(Ordering::Relaxed) || library.is_gone() {
            return;
        }
        sleep(NAP);
        naps += 1;
    }
    let Neighbour { rank, process } = neighbour;
    say(format_args!(
        "error: rank {rank} died: its process {} on {host} has ended without a word, and the job ends with it\n\
         help: processes end so by `kill -9`, where the memory is used up (`dmesg` and `sacct` tell), by `_exit`, and by \
         a crash, of which there may be words above; `srun -K` ends such a job at once",
        process.id
    ));
    // Launchers drop what they have not read yet when a job is aborted.
    sleep(NAP);
    // The library may be in no state to do so.
    let _ = thread::Builder::new().stack_size(STACK).spawn(|| {
        sleep(PATIENCE);
        glibc::end(DIED)
    });
    library.abort(DIED)
}
