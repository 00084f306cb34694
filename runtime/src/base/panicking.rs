//! Panics in bodies: caught where they happen, told once, by the master.
//!
//! Invariant: while [`catch`] runs a closure, the panic hook is silent on that thread and what it
//! would have said is kept; outside it, the hook that was installed before stays in charge.

use crate::base::stderr::say;
use std::any::Any;
use std::backtrace::{Backtrace, BacktraceStatus};
use std::cell::{Cell, RefCell};
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::sync::Once;

use serde::{Deserialize, Serialize};

/// What a panic said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PanicReport {
    /// The panic's own text.
    pub(crate) message: String,
    /// `file:line:column` of the panic, and the backtrace where one was asked for.
    pub(crate) location: Option<String>,
    /// The backtrace, where `RUST_BACKTRACE` asks for one.
    pub(crate) backtrace: Option<String>,
}

thread_local! {
    static CATCHING: Cell<bool> = const { Cell::new(false) };
    static REPORT: RefCell<Option<Box<PanicReport>>> = const { RefCell::new(None) };
    /// Whether reports go without a backtrace.
    static BRIEFLY: Cell<bool> = const { Cell::new(false) };
    /// Whether there is a report: most closures end without one, and short loops run many.
    static REPORTED: Cell<bool> = const { Cell::new(false) };
}

/// Keeps a report; a thread that is ending keeps none.
fn keep(report: Box<PanicReport>) {
    REPORTED.set(true);
    let _ = REPORT.try_with(|kept| kept.replace(Some(report)));
}

/// The report that is kept.
fn take_report() -> Option<Box<PanicReport>> {
    if !REPORTED.replace(false) {
        return None;
    }
    REPORT.try_with(RefCell::take).ok().flatten()
}

/// Runs `f`; a panic in it becomes a report instead of a message on stderr.
pub(crate) fn catch<R>(f: impl FnOnce() -> R) -> Result<R, Box<PanicReport>> {
    let (mut f, mut value) = (Some(f), None);
    catch_any(&mut || {
        if let Some(f) = f.take() {
            value = Some(f());
        }
    })?;
    Ok(value.expect("it was run"))
}

/// The same for closures of all types.
fn catch_any(f: &mut dyn FnMut()) -> Result<(), Box<PanicReport>> {
    install_hook();
    let outer = CATCHING.replace(true);
    let result = panic::catch_unwind(AssertUnwindSafe(f));
    let report = take_report();
    let result = result.map_err(text_and_drop);
    CATCHING.set(outer);
    match result {
        Ok(()) => {
            // The code caught a panic of its own: its message was only held back.
            if let Some(report) = report {
                say(format_args!("{}", describe(&report)));
            }
            Ok(())
        }
        Err(message) => {
            // The hook is not called for what is thrown by `resume_unwind`, and may have been for another
            // panic before.
            let told = report.filter(|report| report.message == message);
            Err(told.unwrap_or_else(|| {
                Box::new(PanicReport {
                    message,
                    location: None,
                    backtrace: None,
                })
            }))
        }
    }
}

/// The text of what was thrown, which is no more. What panics when it is dropped ends nothing: the panic that threw it
/// is the one to tell of.
fn text_and_drop(payload: Box<dyn Any + Send>) -> String {
    let text = text_of(&*payload);
    if let Err(another) = panic::catch_unwind(AssertUnwindSafe(|| drop(payload))) {
        std::mem::forget(another);
        take_report();
    }
    text
}

/// From now on the present thread's reports go without backtraces, which may be many and take long, until the value is
/// dropped.
pub(crate) fn briefly() -> Briefly {
    Briefly {
        outer: BRIEFLY.replace(true),
    }
}

/// See [`briefly`].
#[derive(Debug)]
pub(crate) struct Briefly {
    outer: bool,
}

impl Drop for Briefly {
    fn drop(&mut self) {
        BRIEFLY.set(self.outer);
    }
}

/// A report in the words of Rust's own panic message.
pub(crate) fn describe(report: &PanicReport) -> String {
    let mut text = match &report.location {
        Some(location) => format!("panicked at {location}:\n{}", report.message),
        None => format!("panicked: {}", report.message),
    };
    if let Some(backtrace) = &report.backtrace {
        text = format!("{text}\nstack backtrace:\n{}", backtrace.trim_end());
    }
    text
}

/// Whether a panic unwinds the present thread.
#[inline]
pub(crate) fn is_unwinding() -> bool {
    std::thread::panicking()
}

/// Goes on with a panic that was caught.
pub(crate) fn resume(report: Box<PanicReport>) -> ! {
    let message = report.message.clone();
    if CATCHING.get() {
        keep(report);
    } else {
        say(format_args!("{}", describe(&report)));
    }
    unwind_silently(message)
}

/// Unwinds the present thread without a word: the master has already spoken.
pub(crate) fn unwind_silently(message: String) -> ! {
    panic::resume_unwind(Box::new(message))
}

fn install_hook() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if CATCHING.get() {
                keep(Box::new(report_of(info)));
            } else {
                before(info);
            }
        }));
    });
}

fn report_of(info: &PanicHookInfo<'_>) -> PanicReport {
    let backtrace = if BRIEFLY.get() {
        Backtrace::disabled()
    } else {
        Backtrace::capture()
    };
    PanicReport {
        message: text_of(info.payload()),
        location: info.location().map(ToString::to_string),
        backtrace: (backtrace.status() == BacktraceStatus::Captured).then(|| backtrace.to_string()),
    }
}

fn text_of(payload: &(dyn Any + Send)) -> String {
    if let Some(text) = payload.downcast_ref::<&str>() {
        (*text).to_owned()
    } else if let Some(text) = payload.downcast_ref::<String>() {
        text.clone()
    } else {
        "Box<dyn Any>".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_a_report_with_its_place() {
        let report = catch(|| panic!("{} apples", 3)).unwrap_err();
        assert_eq!(report.message, "3 apples");
        assert!(report.location.unwrap().contains("panicking.rs:"));
    }

    #[test]
    fn what_panics_when_it_is_dropped_is_no_second_panic() {
        struct Bad;
        impl Drop for Bad {
            fn drop(&mut self) {
                panic!("dropped");
            }
        }
        let report = catch(|| panic::panic_any(Bad)).unwrap_err();
        assert_eq!(report.message, "Box<dyn Any>");
        assert!(report.location.is_some());
        assert_eq!(catch(|| 7), Ok(7));
    }

    #[test]
    fn without_a_panic_the_value_comes_through() {
        assert_eq!(catch(|| 7), Ok(7));
    }

    #[test]
    fn what_was_caught_before_is_not_taken_for_what_is_thrown_again() {
        let report = catch(|| {
            let _ = panic::catch_unwind(|| panic!("caught"));
            panic::resume_unwind(Box::new("thrown"))
        });
        assert_eq!(report.unwrap_err().message, "thrown");
    }

    #[test]
    fn a_payload_thrown_without_the_hook_still_has_its_text() {
        let report = catch(|| panic::resume_unwind(Box::new("thrown".to_owned()))).unwrap_err();
        assert_eq!((report.message.as_str(), report.location), ("thrown", None));
    }
}
