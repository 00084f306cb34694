//! How far the calls of a rank are, for people to see.
//!
//! Invariant: nothing here knows a clock or a terminal; times are given, and what is shown comes out as words. What an
//! earlier start has finished counts as finished, but not for how fast the loop goes.

mod forecast;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use super::Event;
use super::called::name;
use crate::base::rank::Rank;
use crate::loop_parts::on_error::Became;
use crate::loop_parts::options::Shown;
use crate::protocol::message::Entry;
use forecast::Forecast;

/// A call that was entered and has not ended.
#[derive(Clone, Debug)]
pub(crate) struct Running {
    /// As people call it.
    pub(crate) name: String,
    /// What its user says of showing it.
    pub(crate) shown: Option<Shown>,
    /// Whether it runs iterations.
    pub(crate) iterates: bool,
    ranks: usize,
    pub(crate) since: Duration,
    length: Option<u64>,
    /// Iterations that this start has finished.
    finished: u64,
    /// Those of an earlier start.
    resumed: u64,
    skipped: u64,
    /// What ranks have in hand, in chunks.
    in_hand: BTreeMap<Rank, u64>,
    /// Ranks that ask for nothing more.
    left: BTreeSet<Rank>,
    forecast: Forecast,
}

impl Running {
    /// A call of so many ranks that was entered at this time.
    pub(crate) fn new(entry: &Entry, shown: Option<Shown>, ranks: usize, since: Duration) -> Self {
        Self {
            name: name(entry, shown),
            shown,
            iterates: entry.call.iterates(),
            ranks,
            since,
            length: entry.length,
            finished: 0,
            resumed: 0,
            skipped: 0,
            in_hand: BTreeMap::new(),
            left: BTreeSet::new(),
            forecast: Forecast::new(),
        }
    }

    /// Something has happened to it, on this rank.
    pub(crate) fn notice(&mut self, event: &Event<'_>, here: Rank) {
        match event {
            Event::Resumed { iterations } => self.resumed = *iterations,
            Event::Leased { rank, .. } => *self.in_hand.entry(*rank).or_default() += 1,
            Event::Started { .. } => *self.in_hand.entry(here).or_default() += 1,
            Event::Finished { rank, chunks, .. } => {
                let iterations = chunks.iter().map(|chunk| chunk.end - chunk.start);
                self.finished += iterations.sum::<u64>();
                let in_hand = self.in_hand.entry(*rank).or_default();
                *in_hand = in_hand.saturating_sub(chunks.len() as u64);
            }
            Event::Mishap(mishap) => match mishap.became {
                Became::Skipped => self.skipped += 1,
                // Each try was one that finished.
                Became::Finished { panics, .. } | Became::Fatal { panics, .. } => {
                    self.finished = self.finished.saturating_sub(panics.into());
                }
            },
            Event::Left { rank } => {
                self.left.insert(*rank);
                self.in_hand.remove(rank);
            }
            Event::Entered { .. }
            | Event::Compared { .. }
            | Event::Handled { .. }
            | Event::Absorbed { .. }
            | Event::Waiting
            | Event::Spread { .. }
            | Event::Ended { .. } => {}
        }
    }

    /// Somebody is about to look.
    pub(crate) fn look(&mut self, now: Duration) {
        self.forecast
            .note(self.finished, now.saturating_sub(self.since));
    }

    /// How much is done, of this length: also by earlier starts.
    pub(crate) fn done(&self) -> (u64, Option<u64>) {
        let done = self.finished + self.resumed;
        (
            self.length.map_or(done, |length| done.min(length)),
            self.length,
        )
    }

    /// Thousandths of it, where the length is known.
    pub(crate) fn thousandths(&self) -> Option<u64> {
        let (done, length) = self.done();
        let whole = u128::from(length?);
        u64::try_from(u128::from(done) * 1000 / whole.max(1)).ok()
    }

    /// How many ranks have something in hand.
    fn busy(&self) -> usize {
        let have = self.in_hand.iter().filter(|(_, chunks)| **chunks > 0);
        have.count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::loop_parts::items::Cost;
    use crate::observe::called::tests::entry;
    use std::ops::Range;

    fn finished(running: &mut Running, rank: Rank, chunk: Range<u64>) {
        let event = Event::Finished {
            rank,
            chunks: &[chunk],
            cost: Cost::default(),
            bytes: 0,
            memory: None,
        };
        running.notice(&event, 0);
    }

    #[test]
    fn what_is_done_and_who_is_busy_is_counted() {
        let mut running = Running::new(&entry(Some(100)), None, 3, Duration::ZERO);
        running.notice(&Event::Resumed { iterations: 10 }, 0);
        running.notice(
            &Event::Leased {
                rank: 1,
                chunk: &(10..30),
            },
            0,
        );
        running.notice(
            &Event::Leased {
                rank: 2,
                chunk: &(30..40),
            },
            0,
        );
        running.notice(&Event::Started { chunk: &(40..50) }, 0);
        assert_eq!((running.done(), running.busy()), ((10, Some(100)), 3));
        finished(&mut running, 1, 10..30);
        finished(&mut running, 0, 40..50);
        assert_eq!((running.done(), running.busy()), ((40, Some(100)), 1));
        assert_eq!(running.thousandths(), Some(400));
        running.notice(&Event::Left { rank: 2 }, 0);
        assert_eq!(running.busy(), 0);
        // More than there is, as where iterations ran again.
        finished(&mut running, 0, 0..1000);
        assert_eq!(running.thousandths(), Some(1000));
    }

    #[test]
    fn the_length_may_be_unknown_or_zero() {
        let mut running = Running::new(&entry(None), None, 3, Duration::ZERO);
        finished(&mut running, 0, 0..7);
        assert_eq!((running.done(), running.thousandths()), ((7, None), None));
        let empty = Running::new(&entry(Some(0)), None, 3, Duration::ZERO);
        assert_eq!(empty.thousandths(), Some(0));
    }
}
