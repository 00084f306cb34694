//! The error sink, and the catalogue of messages: one function per mistake, one file per kind.
//! Each message gives the mistake and its reason, and then, after `help:`, the code to write instead.

pub(crate) mod arguments;
pub(crate) mod choice;
pub(crate) mod effects;
pub(crate) mod exits;
mod in_place;
pub(crate) mod lints;
pub(crate) mod nest;
pub(crate) mod outputs;
pub(crate) mod placement;
mod reductions;
pub(crate) mod scratch;
pub(crate) mod splits;
pub(crate) mod writes;

use proc_macro2::Span;
use syn::Error;

/// Collects all errors of a function, so that the user sees them at once.
///
/// Invariant: dropping it without [`check`](Self::check) is a bug of the macro and panics.
#[derive(Debug)]
pub(crate) struct Errors {
    errors: Option<Vec<Error>>,
}

impl Errors {
    pub(crate) fn new() -> Self {
        Self {
            errors: Some(Vec::new()),
        }
    }

    pub(crate) fn push(&mut self, error: Error) {
        self.errors.get_or_insert_default().push(error);
    }

    /// The verdict: nothing, or all the errors as one.
    pub(crate) fn check(mut self) -> Result<(), Error> {
        let mut errors = self.errors.take().into_iter().flatten();
        let Some(mut all) = errors.next() else {
            return Ok(());
        };
        all.extend(errors);
        Err(all)
    }
}

impl Drop for Errors {
    fn drop(&mut self) {
        assert!(
            self.errors.is_none() || std::thread::panicking(),
            "forgot to check for errors"
        );
    }
}

/// The form of every message.
fn message(span: Span, what_and_why: &str, help: &str) -> Error {
    Error::new(span, format!("{what_and_why}\nhelp: {help}"))
}
