//! Who tells whom what while a loop runs; see `README.md` beside this file.
//!
//! [`roll_call`], [`deadlock`], [`manager`] and [`worker`] are state machines without messages, clock or threads;
//! [`drive`] is the only place where they meet these.

pub(crate) mod deadlock;
pub(crate) mod drive;
pub(crate) mod manager;
pub(crate) mod message;
pub(crate) mod roll_call;
pub(crate) mod worker;
