//! When a call is worth a line of a log.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::observe::progress::Running;

/// As long as that there is one line at most, and until another hundredth is done.
const EVERY: Duration = Duration::from_secs(30);

/// What was told.
#[derive(Debug, Default)]
pub(super) struct Lines {
    /// Of the calls that last, by their threads.
    told: BTreeMap<usize, Told>,
    /// When the end of a call with this name was told.
    ended: BTreeMap<String, Duration>,
}

#[derive(Clone, Copy, Debug)]
struct Told {
    /// When the call began, which tells it from later ones.
    since: Duration,
    at: Duration,
    thousandths: u64,
}

impl Lines {
    /// Whether there is to be a line about a call that a thread is in, and which then counts as told.
    pub(super) fn is_due(&mut self, thread: usize, call: &Running, now: Duration) -> bool {
        let begun = Told {
            since: call.since,
            at: call.since,
            thousandths: 0,
        };
        let known = self.told.get(&thread).copied();
        let told = known
            .filter(|told| told.since == call.since)
            .unwrap_or(begun);
        let thousandths = call.thousandths().unwrap_or(u64::MAX);
        let is_due = now.saturating_sub(told.at) >= EVERY
            && (thousandths >= told.thousandths + 10 || thousandths == u64::MAX);
        if is_due {
            let now = Told {
                at: now,
                thousandths: thousandths.min(1000),
                ..told
            };
            self.told.insert(thread, now);
        }
        is_due
    }

    /// The same about the end of one: where there were lines of it, or none of its name for long.
    pub(super) fn ends(&mut self, thread: usize, call: &Running, now: Duration) -> bool {
        let told = self.told.remove(&thread);
        let was_told = told.is_some_and(|told| told.since == call.since);
        let last = self.ended.get(&call.name);
        let is_due = was_told || last.is_none_or(|&last| now.saturating_sub(last) >= EVERY);
        if is_due {
            self.ended.insert(call.name.clone(), now);
        }
        is_due
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::loop_parts::items::Cost;
    use crate::observe::Event;
    use crate::protocol::message::{Call, Entry};
    use std::slice;

    fn call(length: Option<u64>, since: u64) -> Running {
        let entry = Entry {
            length,
            ..Entry::new(Call::Loop, std::panic::Location::caller().into())
        };
        Running::new(&entry, None, 1, Duration::from_secs(since))
    }

    fn finish(call: &mut Running, items: u64) {
        let chunk = 0..items;
        let event = Event::Finished {
            rank: 0,
            chunks: slice::from_ref(&chunk),
            cost: Cost::default(),
            bytes: 0,
            memory: None,
        };
        call.notice(&event, 0);
    }

    /// The seconds, from 0 on, in which there is a line about a loop that finishes so many items in each.
    fn lines(length: Option<u64>, items: u64) -> Vec<u64> {
        let (mut lines, mut call) = (Lines::default(), call(length, 0));
        let due = |second: &u64| {
            finish(&mut call, items);
            lines.is_due(0, &call, Duration::from_secs(*second))
        };
        (1..200).filter(due).collect()
    }

    #[test]
    fn lines_come_with_each_hundredth_or_every_half_minute_whatever_is_rarer() {
        assert_eq!(lines(Some(1000), 5), [30, 60, 90, 120, 150, 180]);
        assert_eq!(lines(Some(10_000), 1), [100]);
        assert_eq!(lines(None, 5), [30, 60, 90, 120, 150, 180]);
        assert_eq!(lines(Some(1000), 0), []);
    }

    #[test]
    fn the_end_is_told_once_in_a_while() {
        let mut lines = Lines::default();
        let mut ends =
            |since: u64, now: u64| lines.ends(0, &call(Some(10), since), Duration::from_secs(now));
        assert!(ends(0, 2));
        assert!(!ends(2, 4));
        assert!(ends(30, 32));
    }

    #[test]
    fn who_has_read_of_a_call_reads_of_its_end() {
        let (mut lines, mut call) = (Lines::default(), call(Some(10), 5));
        let at = Duration::from_secs;
        lines.ended.insert(call.name.clone(), at(39));
        finish(&mut call, 5);
        assert!(lines.is_due(0, &call, at(40)));
        assert!(lines.ends(0, &call, at(41)));
    }
}
