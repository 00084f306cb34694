//! The iterations that loops of this process left out, until the program asks for them.
//!
//! Invariant: while there are some that it did not ask for, a process that ends well has the exit code [`UNASKED`].

use std::sync::atomic::{AtomicUsize, Ordering};

use serde::{Deserialize, Serialize};

use crate::loop_parts::on_error::Mishap;
use crate::protocol::message::Site;

/// The exit code of a program that did not ask for what was left out.
pub(crate) const UNASKED: i32 = 2;

/// An iteration that panicked and was left out, by a loop with `on_error = skip`; see [`skipped`](crate::skipped()).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Skipped {
    /// Where the loop is: `src/main.rs:12`.
    pub site: String,
    /// The number of the iteration, from 0 in the order of the loop.
    pub index: u64,
    /// The rank that ran it.
    pub rank: usize,
    /// The panic's text.
    pub message: String,
    /// Where it panicked: `src/main.rs:15:9`, as far as that is known.
    pub location: Option<String>,
}

impl Skipped {
    /// Of the loop at this place.
    pub(crate) fn of(site: &Site, mishap: &Mishap) -> Self {
        Self {
            site: site.to_string(),
            index: mishap.iteration,
            rank: mishap.rank,
            message: mishap.report.message.clone(),
            location: mishap.report.location.clone(),
        }
    }
}

/// How many of those that decide on the exit code the program did not ask for.
static OPEN: AtomicUsize = AtomicUsize::new(0);

/// The exit code of a process that would end with this one.
pub(crate) fn exit_code(status: i32) -> i32 {
    if status == 0 && OPEN.load(Ordering::Relaxed) > 0 {
        UNASKED
    } else {
        status
    }
}

/// What a thread that reaches loops has not asked for.
#[derive(Debug, Default)]
pub(crate) struct List {
    skipped: Vec<Skipped>,
    /// So many of them decide on the exit code.
    decide: usize,
}

impl List {
    /// Adds some, which `decide` on the exit code or not.
    pub(crate) fn add(&mut self, skipped: Vec<Skipped>, decide: bool) {
        if decide {
            self.decide += skipped.len();
            OPEN.fetch_add(skipped.len(), Ordering::Relaxed);
        }
        self.skipped.extend(skipped);
    }

    /// The program asks for them: they are its own matter from now on.
    pub(crate) fn take(&mut self) -> Vec<Skipped> {
        OPEN.fetch_sub(std::mem::take(&mut self.decide), Ordering::Relaxed);
        std::mem::take(&mut self.skipped)
    }
}
