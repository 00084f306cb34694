//! An observer that writes each event to stderr, a line each.

use super::{Event, Observer};
use crate::base::rank::Rank;
use crate::base::stderr::say;

/// See the module.
#[derive(Debug)]
pub(crate) struct Log {
    pub(crate) rank: Rank,
}

impl Observer for Log {
    fn notice(&self, event: &Event<'_>) {
        say(format_args!("parallel-for: rank {}: {event}", self.rank));
    }

    fn times_iterations(&self) -> bool {
        true
    }
}
