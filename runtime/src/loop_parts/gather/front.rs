//! How far a loop is through: what iterations before that wrote is never undone.
//!
//! Invariant: it only moves forward.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// See the module. Shared by those who have a clone.
#[derive(Clone, Debug)]
pub struct Front(Arc<AtomicU64>);

/// What chunks keep of what they overwrite, for it to be undone.
#[derive(Clone, Debug)]
pub enum Former {
    /// Everything, until the chunk's part is added to the output.
    All,
    /// What is behind the front, and no longer.
    Behind(Front),
    /// Nothing: the next chunk only begins when this one's part is in the output, as in the loop as it is written.
    None,
}

impl Former {
    /// The front that counts.
    pub(crate) fn front(&self) -> Option<Front> {
        match self {
            Self::Behind(front) => Some(front.clone()),
            Self::All | Self::None => None,
        }
    }
}

impl Front {
    /// So many iterations are through.
    pub(crate) fn new(iterations: u64) -> Self {
        Self(Arc::new(AtomicU64::new(iterations)))
    }

    /// All iterations before this one have ended, and what they made is sure to come into the outputs.
    pub(crate) fn reaches(&self, iteration: u64) {
        // Nothing else is told by it than this number.
        self.0.fetch_max(iteration, Ordering::Relaxed);
    }

    /// Whether the iterations before this one are through.
    pub(super) fn is_at(&self, iteration: u64) -> bool {
        self.0.load(Ordering::Relaxed) >= iteration
    }
}
