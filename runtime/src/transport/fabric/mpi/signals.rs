//! The last words of a rank that dies of a signal: which rank it was, on which host, and in which iteration.
//!
//! Measured: MPICH's UCX has a handler before `main` begins. Then Rust has none, and gives its threads no stack on which
//! the overflow of their own could be told (`stack`). Open MPI keeps Rust's handler, which tells it as well.
//!
//! Invariants: whoever would have died still does, of the same signal, and whoever had a handler for it is still
//! called. A handler of the user's may let the program go on, as those of virtual machines do: then nothing was said.
//! Between the signal and the words, nothing takes memory or a lock.

use std::ffi::{CStr, c_int, c_void};
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

/// How the files of MPI libraries are named, and of what they load. Their handlers end the process.
const LIBRARIES: [&[u8]; 3] = [b"/libmpi", b"/libopen-pal", b"/libucs"];

/// Handlers that have all arguments and run on a second stack: they can be called as the system would call them.
const ON_THIS_STACK: c_int = libc::SA_SIGINFO | libc::SA_ONSTACK;

/// What was called for a signal before.
#[derive(Clone, Copy)]
struct Before {
    action: sigaction,
    /// Whether that may let the program go on.
    may_recover: bool,
}

/// What a handler of ours needs.
struct LastWords {
    identity: Identity,
    process: u32,
    /// In the order of [`SIGNALS`]; `None` for those that this file leaves alone.
    before: [Option<Before>; SIGNALS.len()],
}

static LAST_WORDS: OnceLock<LastWords> = OnceLock::new();

/// Whether they are said, or not to be said.
static SAID: AtomicBool = AtomicBool::new(false);

/// What is called for this signal now.
fn action_of(signal: c_int) -> sigaction {
    // SAFETY: all bits zero are a valid action: the default one.
    let mut action = unsafe { MaybeUninit::<sigaction>::zeroed().assume_init() };
    // SAFETY: it only writes to the action, in this call.
    unsafe { sigaction(signal, ptr::null(), &raw mut action) };
    action
}

impl Before {
    /// `None` where it may recover, and could not be called as the system would.
    fn of(signal: c_int) -> Option<Self> {
        let action = action_of(signal);
        let may_recover = action.sa_sigaction != libc::SIG_DFL && !is_library(action.sa_sigaction);
        let can_be_called = action.sa_flags & ON_THIS_STACK == ON_THIS_STACK;
        (!may_recover || can_be_called).then_some(Self {
            action,
            may_recover,
        })
    }

    /// Calls the handler there was, which comes back or ends the process.
    fn call(&self, signal: c_int, info: *mut siginfo_t, context: *mut c_void) {
        if self.action.sa_flags & ON_THIS_STACK == ON_THIS_STACK {
            // SAFETY: the flags say that it has these arguments, which are the system's, and may run on this stack.
            unsafe {
                let handler: Handler = std::mem::transmute(self.action.sa_sigaction);
                handler(signal, info, context);
            }
        }
    }
}

/// Whether this handler is one of the MPI library.
fn is_library(handler: libc::sighandler_t) -> bool {
    let mut place = MaybeUninit::<libc::Dl_info>::uninit();
    // SAFETY: any address may be asked about; where the answer is not 0 the place is written, with the name of a file
    // that stays loaded, or null.
    unsafe {
        if libc::dladdr(handler as *const c_void, place.as_mut_ptr()) == 0 {
            return false;
        }
        let name = place.assume_init().dli_fname;
        if name.is_null() {
            return false;
        }
        let name = CStr::from_ptr(name).to_bytes();
        let is_part = |part: &&[u8]| name.windows(part.len()).any(|window| window == *part);
        LIBRARIES.iter().any(is_part)
    }
}

/// From now on this rank has last words.
pub(super) fn install(identity: Identity) {
    let words = LAST_WORDS.get_or_init(|| LastWords {
        identity,
        process: std::process::id(),
        before: SIGNALS.map(|(signal, _)| Before::of(signal)),
    });
    stack::prepare();
    compute_threads_begin_with(stack::prepare);
    let handler: Handler = on_signal;
    for ((signal, _), before) in SIGNALS.iter().zip(&words.before) {
        if before.is_none() {
            continue;
        }
        // SAFETY: all bits zero are a valid action.
        let mut action = unsafe { MaybeUninit::<sigaction>::zeroed().assume_init() };
        action.sa_sigaction = handler as libc::sighandler_t;
        action.sa_flags = ON_THIS_STACK;
        // SAFETY: the handler lives as long as the program, has the arguments that the flags promise, and calls
        // nothing that a handler must not call; the action is only read.
        unsafe { sigaction(*signal, &raw const action, ptr::null_mut()) };
    }
}

/// The library is about to end this process, maybe by such a signal.
pub(super) fn be_silent() {
    SAID.store(true, Ordering::Relaxed);
}

extern "C" fn on_signal(signal: c_int, info: *mut siginfo_t, context: *mut c_void) {
    let index = SIGNALS.iter().position(|&(known, _)| known == signal);
    let (Some(words), Some(index)) = (LAST_WORDS.get(), index) else {
        return;
    };
    let Some(before) = words.before[index] else {
        return;
    };
    // SAFETY: the kernel made what `info` points to. An address is in it for these signals; of one that was sent it is
    // another number.
    let (address, is_sent) = unsafe { ((*info).si_addr().addr(), (*info).si_code <= 0) };
    let overflow = !is_sent && stack::is_below(address);
    if before.may_recover && !overflow {
        before.call(signal, info, context);
        // Rust's own, where there is nothing to recover from, leaves the default behind, and what has happened
        // happens again.
        if action_of(signal).sa_sigaction != libc::SIG_DFL {
            return;
        }
        words.say(signal, overflow);
    } else {
        words.say(signal, overflow);
        let mut next = before.action;
        if next.sa_flags & ON_THIS_STACK == ON_THIS_STACK {
            before.call(signal, info, context);
            next.sa_sigaction = libc::SIG_DFL;
        }
        // SAFETY: the action is one that was there before, or the default, and is only read.
        unsafe { sigaction(signal, &raw const next, ptr::null_mut()) };
    }
    if is_sent {
        // SAFETY: it takes a number, and no memory. A fault of this thread happens again by itself, in full.
        unsafe { libc::raise(signal) };
    }
}

impl LastWords {
    /// Writes the words, once and in one piece. A process that was forked off is no rank.
    fn say(&self, signal: c_int, overflow: bool) {
        if self.process == std::process::id() && !SAID.swap(true, Ordering::Relaxed) {
            say(&self.identity, signal, overflow);
        }
    }
}

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
