//! The last words of a rank that dies of a signal: which rank it was, on which host, and in which iteration.
//!
//! Measured: MPICH's UCX has a handler before `main` begins. Then Rust has none, and gives its threads no stack on which
//! the overflow of their own could be told (`stack`). Open MPI keeps Rust's handler, which tells it as well.
//!
//! Invariants: whoever would have died still does, of the same signal, and whoever had a handler for it is still
//! called. Between the signal and that, nothing takes memory or a lock.

use std::ffi::{c_int, c_void};
use std::fmt::{self, Write as _};
use std::mem::MaybeUninit;
use std::ptr;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use libc::{sigaction, siginfo_t};

use super::stack;
use crate::base::thread_context::{Identity, compute_threads_begin_with};
use crate::base::whereabouts;

/// Those that a process dies of by its own fault, with their causes.
const SIGNALS: [(c_int, &str); 5] = [
    (libc::SIGSEGV, "SIGSEGV (no such memory)"),
    (
        libc::SIGBUS,
        "SIGBUS (no such memory, or a mapped file is shorter)",
    ),
    (
        libc::SIGABRT,
        "SIGABRT (an abort, also where memory can't be had)",
    ),
    (libc::SIGILL, "SIGILL (no such instruction)"),
    (libc::SIGFPE, "SIGFPE (a division that can't be done)"),
];

/// What a handler with all arguments looks like.
type Handler = extern "C" fn(c_int, *mut siginfo_t, *mut c_void);

/// What is called for each of the signals.
struct Actions([sigaction; SIGNALS.len()]);

// SAFETY: they are numbers, and addresses of functions that may be called on any thread.
unsafe impl Send for Actions {}
// SAFETY: nothing changes them.
unsafe impl Sync for Actions {}

/// What a handler of ours needs.
struct LastWords {
    identity: Identity,
    process: u32,
    /// What was called before.
    before: Actions,
}

static LAST_WORDS: OnceLock<LastWords> = OnceLock::new();

/// Whether they are said, or not to be said.
static SAID: AtomicBool = AtomicBool::new(false);

impl Actions {
    /// Those of now.
    fn of_now() -> Self {
        Self(SIGNALS.map(|(signal, _)| {
            // SAFETY: all bits zero are a valid action: the default one.
            let mut action = unsafe { MaybeUninit::<sigaction>::zeroed().assume_init() };
            // SAFETY: it only writes to the action, in this call.
            unsafe { sigaction(signal, ptr::null(), &raw mut action) };
            action
        }))
    }

    fn of(&self, signal: c_int) -> Option<&sigaction> {
        let index = SIGNALS.iter().position(|&(known, _)| known == signal)?;
        self.0.get(index)
    }
}

/// From now on this rank has last words.
pub(super) fn install(identity: Identity) {
    let words = LastWords {
        identity,
        process: std::process::id(),
        before: Actions::of_now(),
    };
    if LAST_WORDS.set(words).is_err() {
        return;
    }
    stack::prepare();
    compute_threads_begin_with(stack::prepare);
    let handler: Handler = on_signal;
    for (signal, _) in SIGNALS {
        // SAFETY: all bits zero are a valid action.
        let mut action = unsafe { MaybeUninit::<sigaction>::zeroed().assume_init() };
        action.sa_sigaction = handler as libc::sighandler_t;
        action.sa_flags = libc::SA_SIGINFO | libc::SA_ONSTACK;
        // SAFETY: the handler lives as long as the program, has the arguments that the flags promise, and calls
        // nothing that a handler must not call; the action is only read.
        unsafe { sigaction(signal, &raw const action, ptr::null_mut()) };
    }
}

/// The library is about to end this process, maybe by such a signal.
pub(super) fn be_silent() {
    SAID.store(true, Ordering::Relaxed);
}

extern "C" fn on_signal(signal: c_int, info: *mut siginfo_t, context: *mut c_void) {
    let Some(words) = LAST_WORDS.get() else {
        return;
    };
    // A process that was forked off is no rank.
    let is_rank = words.process == std::process::id();
    if is_rank && !SAID.swap(true, Ordering::Relaxed) {
        // SAFETY: the kernel made what `info` points to, and an address is in it for these signals; of a signal that
        // was sent it is another number.
        let address = unsafe { (*info).si_addr() };
        say(&words.identity, signal, stack::is_below(address.addr()));
    }
    let Some(before) = words.before.of(signal) else {
        return;
    };
    let mut next = *before;
    // As Rust's does, which needs to see the fault itself.
    let is_for_this_stack = libc::SA_SIGINFO | libc::SA_ONSTACK;
    if before.sa_flags & is_for_this_stack == is_for_this_stack {
        // SAFETY: the flags say that it has these arguments, and may be called on this stack. It comes back, or
        // ends the process.
        unsafe {
            let handler: Handler = std::mem::transmute(before.sa_sigaction);
            handler(signal, info, context);
        }
        next.sa_sigaction = libc::SIG_DFL;
    }
    // SAFETY: the action is one that was there before, or the default, and is only read. Raising a signal takes no
    // memory. The kernel made what `info` points to.
    unsafe {
        sigaction(signal, &raw const next, ptr::null_mut());
        // What a fault of this thread has caused happens again by itself, in full.
        if (*info).si_code <= 0 {
            libc::raise(signal);
        }
    }
}

/// Writes the words, in one piece.
fn say(identity: &Identity, signal: c_int, overflow: bool) {
    let name = SIGNALS.iter().find(|&&(known, _)| known == signal);
    let name = match name {
        Some(_) if overflow => "a stack overflow (`ulimit -s` sets how long stacks are)",
        Some((_, name)) => name,
        None => "a signal",
    };
    let Identity { rank, host, .. } = identity;
    let mut line = Line {
        bytes: [0; 512],
        length: 0,
    };
    let here = whereabouts::here();
    let _ = writeln!(line, "error: rank {rank} ({host}) died of {name} {here}");
    // SAFETY: so many bytes of the array are readable.
    unsafe { libc::write(libc::STDERR_FILENO, line.bytes.as_ptr().cast(), line.length) };
}

/// A line without memory of its own; what is too long is cut.
struct Line {
    bytes: [u8; 512],
    length: usize,
}

impl fmt::Write for Line {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let room = &mut self.bytes[self.length..];
        let length = text.len().min(room.len());
        room[..length].copy_from_slice(&text.as_bytes()[..length]);
        self.length += length;
        Ok(())
    }
}
