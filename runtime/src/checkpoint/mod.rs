//! What is finished of a job, kept in a folder, so that the next start of the program goes on where this one ended.
//!
//! The master appends to one file, the [`Journal`]: which program it is, and of each loop, numbered in the order in which
//! the program reaches them, what it is and the parts of its chunks as they come in ([`record`]). What was there at the
//! start is read by [`recovery`] and held against the program and its loops as they come ([`reached`]); the chunks that are
//! there are not run again. Records lie in frames that say themselves whether they are whole ([`frame`]). A thread of its
//! own writes ([`recorder`]), so that nobody waits for a disk but who is too far ahead of it. `README.md` beside this file is the
//! page of the format.
//!
//! Invariant: what is taken over was written by this program, of the same loop with the same items and variables; where
//! that is not certain, the program is refused.

mod frame;
mod journal;
mod known;
mod program;
mod progress;
mod reached;
mod record;
mod recorder;
mod recovery;
mod store;
#[cfg(test)]
mod tests;
mod words;

pub(crate) use journal::{Journal, JournalHandle, LoopJournal, Settings};
pub(crate) use known::Expected;
pub(crate) use reached::Reached;
