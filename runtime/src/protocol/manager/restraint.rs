//! When nothing more is handed out for now: items that may be needed again are kept until all chunks
//! before them are back, and many that wait behind one long iteration would fill the memory. Pure.
//!
//! Invariant: there is a chunk that is not back, so whoever is held back waits for somebody who isn't.

use crate::base::usage::Usage;

/// So much memory was taken since the earliest chunk was handed out.
const MEMORY: u64 = 64 << 20;
/// So many chunks behind it have come back by then: where there are fewer, it is not items that fill it.
const CHUNKS: u64 = 16;
/// So many files were opened, in thousandths of what a process may have. Few chunks are enough for that.
const FILES: u64 = 100;

/// What is known of a time, such as that when a chunk was handed out.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Moment {
    /// So many chunks had been.
    pub(super) handed: u64,
    /// What was used, as far as it was looked at.
    pub(super) usage: Option<Usage>,
}

/// See the module. `earliest` is of the earliest chunk that is not back, `now` of the present, with so
/// many chunks `out`.
pub(super) fn holds_back(earliest: Moment, now: Moment, out: usize) -> bool {
    let back = (now.handed - earliest.handed).saturating_sub(out as u64);
    let Some((usage, before)) = now.usage.zip(earliest.usage) else {
        return false;
    };
    let more = usage.since(before);
    back >= CHUNKS && more.memory >= MEMORY || more.files >= FILES
}
