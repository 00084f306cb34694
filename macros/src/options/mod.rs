//! `#[parallel_for(gather = all, schedule = managed(chunk = 4), threads = 2, items = master)]`:
//! the options as the user wrote them, with their spans. Every mistake in them is reported.
//!
//! A new option is a line of the `table`, a field of `Args`, and a row in the documentation of the macro.

mod args;
mod parse;
mod reduce;
mod table;
mod values;

pub(crate) use args::{Args, Reduce};
