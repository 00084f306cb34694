//! What a loop is made of: items, outputs, schedule, options, and questions to the types of what its
//! body captures.
//!
//! Invariant: pure logic, without messages, clock or threads.

pub(crate) mod arithmetic;
pub(crate) mod captures;
pub(crate) mod doubts;
pub(crate) mod gather;
pub(crate) mod identity;
pub(crate) mod items;
pub(crate) mod on_error;
pub(crate) mod options;
pub(crate) mod schedule;
pub(crate) mod shared_state;
pub(crate) mod sharing;
