//! Who tells whom what while a loop runs; see `README.md` beside this file.
//!
//! Invariant: state machines, without messages, clock or threads, which they meet in `engine` and `link`.

pub(crate) mod deadlock;
pub(crate) mod manager;
pub(crate) mod message;
pub(crate) mod roll_call;
pub(crate) mod silence;
pub(crate) mod worker;
