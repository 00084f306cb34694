//! Where the master takes over parts of an earlier start of the program.
//!
//! Invariant: parts are taken over in the order of their iterations, none before all items up to its own were passed and
//! found the same, and few of them ahead of the outputs.

use std::sync::Arc;

use super::collected::Collected;
use crate::checkpoint::{Expected, LoopJournal};
use crate::engine::arrivals::Opened;
use crate::engine::chunk_source::Verified;
use crate::engine::requests::RequestHandler;
use crate::engine::work::Work;
use crate::engine::{EncodedParts, Plan};
use crate::transport::link::Link;

/// See the module.
pub(super) struct Resumption<'a> {
    journal: &'a LoopJournal,
    verified: Arc<Verified>,
    /// Where the last parts end that were fetched.
    reached: u64,
}

/// So many parts wait to be opened at most.
const AHEAD: usize = 4;

/// So many parts are taken over in one turn at most: others wait to be heard.
const ONCE: usize = 64;

impl Plan {
    /// Whether a part of the loop was run by an earlier start.
    pub(super) fn is_resumed(&self) -> bool {
        let journal = self.journal.as_ref();
        journal.is_some_and(|journal| !journal.finished().is_empty())
    }

    /// What the master takes over; `verify` begins to compare the items of what is there.
    pub(super) fn resumption(
        &self,
        verify: impl FnOnce(Vec<Expected>) -> Arc<Verified>,
    ) -> Option<Resumption<'_>> {
        let journal = self.journal.as_deref().filter(|_| self.is_resumed())?;
        let verified = match journal.expected().filter(|_| self.checked) {
            Some(expected) => verify(expected),
            None => Arc::new(Verified::unseen()),
        };
        Some(Resumption {
            journal,
            verified,
            reached: 0,
        })
    }
}

impl Resumption<'_> {
    /// Fetches what can be added soon; whether there was anything.
    pub(super) fn fetch(
        &mut self,
        link: &Link,
        work: &dyn Work,
        collected: &mut Collected<'_>,
        unopened: &mut usize,
    ) -> bool {
        // In this order: who has passed items has said before that they differ.
        let passed = self.verified.until();
        if let Some(chunk) = self.verified.different() {
            link.refuse(&self.journal.other_items(chunk));
        }
        for fetched in 0..ONCE {
            self.reached = self.reached.max(collected.finished());
            if *unopened >= AHEAD {
                return fetched > 0;
            }
            let next = self.journal.fetch(self.reached, passed);
            let Some(known) = next.unwrap_or_else(|words| link.refuse(&words)) else {
                return fetched > 0;
            };
            self.reached = known.chunks.last().map_or(self.reached, |chunk| chunk.end);
            let mut encoded = EncodedParts {
                chunks: known.chunks,
                parts: known.parts,
                digest: None,
            };
            collected.recall(&mut encoded);
            if encoded.parts.is_long() {
                work.tray().arrivals.add(encoded);
                *unopened += 1;
            } else {
                let read = |parts, count| work.read(parts, count);
                collected.add(link, Opened::by(read, encoded));
            }
        }
        true
    }

    /// Whether nothing more of it is needed: all was fetched, or what was not lies behind the end of the loop.
    pub(super) fn is_over(&self, requests: &RequestHandler<'_>, collected: &Collected<'_>) -> bool {
        let halt = requests
            .chunks
            .manager(|manager| manager.halt().map(|halt| halt.iteration));
        let until = halt.map_or(u64::MAX, |iteration| iteration.saturating_add(1));
        collected.is_spoiled() || self.journal.is_fetched(until)
    }
}
