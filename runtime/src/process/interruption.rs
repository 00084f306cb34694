//! The end of a job from outside, where something of it is kept: by Ctrl-C, or by a scheduler whose time is over.
//!
//! The first SIGINT, SIGTERM or SIGUSR1 lets no new chunk begin. Those that run have some time to come to their end; then the
//! master sees to it that all is on the disk, says how far it has come, and ends the job with the exit code 128 + the signal's
//! number, or 75 ("try again") after SIGUSR1, by which schedulers announce their end. A second signal ends at once. Open
//! MPI's `mpiexec` answers Ctrl-C with a SIGCONT first, and kills a second later, whatever its processes do: so then the master
//! says at once how far it has come.
//!
//! Invariant: a signal that the program handles by itself, or ignores, is left to it.

mod signals;

use std::fmt;
use std::process;
use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use signals::{SIGCONT, SIGINT, SIGTERM, SIGUSR1, Signals};

use super::environment::variable;
use crate::base::stderr::say;
use crate::base::wait::Waker;
use crate::checkpoint::JournalHandle;
use crate::transport::link::Link;

/// What ends jobs.
const ENDS: [i32; 3] = [SIGINT, SIGTERM, SIGUSR1];

/// The exit code of a job that is to be started again.
const AGAIN: i32 = 75;

/// The signal that ends the job; 0: none.
static PENDING: AtomicI32 = AtomicI32::new(0);

/// Those of them that nobody else handles or ignores.
static USUAL: OnceLock<Vec<i32>> = OnceLock::new();

/// Whether somebody is about to end this process.
static LEAVING: AtomicBool = AtomicBool::new(false);

/// What the master keeps.
static JOURNALS: Mutex<Vec<JournalHandle>> = Mutex::new(Vec::new());

/// Who says nothing for so long makes people wonder.
const SOON: Duration = Duration::from_millis(300);

/// Other ranks wait for so much longer for the master to end the job.
const MASTERS: Duration = Duration::from_secs(5);

/// Whether no new chunk may begin, as the job is to end.
pub(crate) fn is_pending() -> bool {
    PENDING.load(Ordering::Relaxed) != 0
}

/// From now on this is kept, too.
pub(crate) fn keep(journal: JournalHandle) {
    // In tests, a process has many worlds one after another.
    if !cfg!(test) {
        journals().push(journal);
    }
}

fn journals() -> MutexGuard<'static, Vec<JournalHandle>> {
    JOURNALS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Whether this process is the one that keeps something.
fn keeps() -> bool {
    !journals().is_empty()
}

/// Says of all that is kept how far it has come, behind these words.
fn tell(before: &dyn fmt::Display) {
    for journal in &*journals() {
        say(format_args!("{before}: {}", journal.words()));
    }
}

/// From now on signals end the job in order; `waker` belongs to the thread that runs loops.
pub(crate) fn watch(grace: Duration, waker: Arc<Waker>) {
    static WATCHING: AtomicBool = AtomicBool::new(false);
    if WATCHING.swap(true, Ordering::Relaxed) || cfg!(test) {
        return;
    }
    let speaks = variable("OMPI_COMM_WORLD_SIZE").is_some() && keeps();
    look();
    let usual = USUAL.get().into_iter().flatten().copied();
    let signals = usual.chain(speaks.then_some(SIGCONT));
    let watching = Signals::new(signals).and_then(|mut signals| {
        thread::Builder::new()
            .name("parallel-for signals".to_owned())
            .spawn(move || {
                for signal in signals.forever() {
                    hear(signal, grace, &waker);
                }
            })
    });
    if let Err(error) = watching {
        say(format_args!(
            "note: signals end this job as usual, since no thread can wait for them: {error}"
        ));
    }
}

/// Sees which signals the program leaves alone, if that was not seen before: message-passing libraries handle some of them
/// from their start on.
pub(crate) fn look() {
    USUAL.get_or_init(|| {
        ENDS.into_iter()
            .filter(|&signal| is_usual(signal))
            .collect()
    });
}

/// Whether nobody handles or ignores a signal, as far as the system tells.
fn is_usual(signal: i32) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let is_in = |mask: &str| {
        let mut lines = status.lines();
        let mask = lines.find_map(|line| line.strip_prefix(mask));
        let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
        mask.is_some_and(|mask| mask >> (signal - 1) & 1 == 1)
    };
    !is_in("SigIgn:") && !is_in("SigCgt:")
}

fn hear(signal: i32, grace: Duration, waker: &Arc<Waker>) {
    if signal == SIGCONT {
        if !is_pending() {
            tell(&"note: if this job is ending");
        }
        return;
    }
    if PENDING.swap(signal, Ordering::Relaxed) != 0 {
        process::exit(code(signal));
    }
    waker.wake();
    let waker = Arc::clone(waker);
    let waiting = thread::Builder::new().spawn(move || wait(grace, &waker));
    if waiting.is_err() {
        leave(None);
    }
}

/// Gives the thread that runs loops time to end this process.
fn wait(grace: Duration, waker: &Waker) {
    let since = Instant::now();
    let keeps = keeps();
    let grace = if keeps { grace } else { grace + MASTERS };
    let mut told = false;
    while since.elapsed() < grace {
        if keeps && !journals().iter().any(JournalHandle::is_in_loop) {
            break;
        }
        let is_leaving = LEAVING.load(Ordering::Acquire);
        if keeps && !told && !is_leaving && since.elapsed() > SOON {
            told = true;
            say(format_args!(
                "{}: iterations that run have {} s to come to their end; a second signal ends at once",
                Pending,
                grace.as_secs_f64()
            ));
        }
        thread::sleep(Duration::from_millis(10));
        waker.wake();
    }
    leave(None);
}

/// Ends this process, once all that is kept is on the disk; with a link, the other ranks end in order as well: launchers kill
/// those of an aborted job, and `srun` then tells that they were killed, and not to start it again.
pub(crate) fn leave(link: Option<&Link>) -> ! {
    if LEAVING.swap(true, Ordering::AcqRel) {
        // Another thread does that.
        loop {
            thread::park();
        }
    }
    journals().iter().for_each(JournalHandle::sync);
    tell(&Pending);
    let status = code(PENDING.load(Ordering::Relaxed));
    if let Some(link) = link {
        link.end_others(status);
    }
    process::exit(status)
}

fn code(signal: i32) -> i32 {
    if signal == SIGUSR1 {
        AGAIN
    } else {
        128 + signal
    }
}

/// The words for what is pending.
struct Pending;

impl fmt::Display for Pending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match PENDING.load(Ordering::Relaxed) {
            SIGINT => "interrupted by SIGINT",
            SIGTERM => "interrupted by SIGTERM",
            _ => "interrupted by SIGUSR1",
        })
    }
}
