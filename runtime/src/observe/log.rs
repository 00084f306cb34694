//! An observer that writes each event to stderr, a line each.

use std::io::{self, Write as _};

use super::{Event, Observer};
use crate::base::rank::Rank;

/// See the module.
#[derive(Debug)]
pub(crate) struct Log {
    pub(crate) rank: Rank,
}

impl Observer for Log {
    fn notice(&self, event: &Event<'_>) {
        let line = format!("parallel-for: rank {}: {event}\n", self.rank);
        // In one piece, or those of several ranks mix. Where stderr is closed, nobody reads it.
        let _ = io::stderr().write_all(line.as_bytes());
    }

    fn times_iterations(&self) -> bool {
        true
    }
}
