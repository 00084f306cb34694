//! What the master says of ranks that have something of a loop in hand, and are silent.

use super::RequestHandler;
use crate::base::rank::{MASTER, Rank};

/// So many chunks of a rank are told one by one.
const TOLD: usize = 3;

impl RequestHandler<'_> {
    /// Speaks of ranks that have been silent for long.
    pub(crate) fn speak_of_silence(&self) {
        self.link
            .speak_of_silence(|rank| self.owes(rank), |rank| self.in_hand(rank));
    }

    /// Whether this rank has something in hand.
    fn owes(&self, rank: Rank) -> bool {
        if rank == MASTER {
            false
        } else if self.managed {
            self.chunks.manager(|manager| manager.holds(rank) > 0)
        } else {
            self.link.has_entered(rank) && !self.shares.borrow().over.contains_key(&rank)
        }
    }

    /// What that is.
    fn in_hand(&self, rank: Rank) -> String {
        let site = self.site;
        if !self.managed {
            return format!("its share of the loop at {site}");
        }
        let chunks = self.chunks.manager(|manager| manager.held_by(rank));
        let words: Vec<String> = chunks
            .iter()
            .take(TOLD)
            .map(|chunk| match chunk.end - chunk.start {
                1 => chunk.start.to_string(),
                _ => format!("{} to {}", chunk.start, chunk.end - 1),
            })
            .collect();
        let more = if chunks.len() > TOLD { " and more" } else { "" };
        let is_one = matches!(&chunks[..], [chunk] if chunk.end - chunk.start == 1);
        let (plural, words) = (if is_one { "" } else { "s" }, words.join(", "));
        format!("iteration{plural} {words}{more} of the loop at {site}")
    }
}
