//! What threads did, one thing after the other, in bounded memory.
//!
//! Things of one kind that one thread does are a track. Where there are too many, those of a track that follow each other closely
//! become one. Invariant: nothing is left out, so counts, sums and the first and last moment stay; only where one thing ended and
//! the next began is forgotten, and by no more than the resolution.

use std::collections::BTreeMap;

use super::What;
use crate::base::rank::Rank;

/// One thing that a thread did, or several that followed each other closely. In nanoseconds of the master's clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Bar {
    pub(crate) begun: u64,
    pub(crate) ended: u64,
    /// The time in it that was really spent.
    pub(crate) busy: u64,
    /// Of how many it was made.
    pub(crate) count: u64,
    /// The iterations from the first to behind the last one.
    pub(crate) first: u64,
    pub(crate) behind: u64,
}

impl Bar {
    fn absorb(&mut self, other: &Self) {
        self.begun = self.begun.min(other.begun);
        self.ended = self.ended.max(other.ended);
        self.busy += other.busy;
        self.count += other.count;
        self.first = self.first.min(other.first);
        self.behind = self.behind.max(other.behind);
    }
}

/// Whose things those of a track are, and what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    pub(crate) rank: Rank,
    pub(crate) thread: u32,
    pub(crate) what: What,
    /// The number of the loop.
    pub(crate) of: u32,
}

/// See the module.
#[derive(Debug)]
pub(crate) struct Tracks {
    all: BTreeMap<Key, Vec<Bar>>,
    count: usize,
    most: usize,
    resolution: u64,
    end: u64,
}

impl Tracks {
    /// That hold about so many bars at most, and one of each track.
    pub(super) fn new(most: usize) -> Self {
        Self {
            all: BTreeMap::new(),
            count: 0,
            most,
            resolution: 0,
            end: 0,
        }
    }

    /// Adds what was done.
    pub(super) fn add(&mut self, key: Key, bar: Bar) {
        self.end = self.end.max(bar.ended);
        let track = self.all.entry(key).or_default();
        match track.last_mut() {
            Some(last) if close(last, &bar, self.resolution) => last.absorb(&bar),
            _ => {
                track.push(bar);
                self.count += 1;
            }
        }
        if self.count > self.most.max(2 * self.all.len()) {
            self.thin_out();
        }
    }

    fn thin_out(&mut self) {
        /// Nobody sees less.
        const LEAST: u64 = 1_000;
        let enough = (self.most / 2).max(self.all.len());
        while self.count > enough && self.resolution < 2 * self.end {
            self.resolution = (2 * self.resolution).max(LEAST);
            self.count = 0;
            for track in self.all.values_mut() {
                track.dedup_by(|next, bar| {
                    let close = close(bar, next, self.resolution);
                    if close {
                        bar.absorb(next);
                    }
                    close
                });
                self.count += track.len();
            }
        }
    }

    /// All of them, in the order of ranks and threads.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&Key, &[Bar])> {
        self.all.iter().map(|(key, bars)| (key, bars.as_slice()))
    }

    /// What is shorter may have become one with what comes next.
    pub(super) fn resolution(&self) -> u64 {
        self.resolution
    }
}

/// Whether both together are not longer than that.
fn close(bar: &Bar, next: &Bar, resolution: u64) -> bool {
    resolution > 0 && next.ended.max(bar.ended) - next.begun.min(bar.begun) <= resolution
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn key(thread: u32) -> Key {
        Key {
            rank: 0,
            thread,
            what: What::Chunk,
            of: 0,
        }
    }

    fn bar(begun: u64, takes: u64, first: u64) -> Bar {
        Bar {
            begun,
            ended: begun + takes,
            busy: takes,
            count: 1,
            first,
            behind: first + 1,
        }
    }

    #[test]
    fn few_things_stay_as_they_are() {
        let mut tracks = Tracks::new(10);
        for at in 0..10 {
            tracks.add(key(0), bar(at * 10, 9, at));
        }
        let all: Vec<&[Bar]> = tracks.iter().map(|(_, bars)| bars).collect();
        assert_eq!((all[0].len(), tracks.resolution()), (10, 0));
    }

    proptest! {
        #[test]
        fn many_things_become_few_and_none_is_lost(
            most in 4..40_usize,
            things in proptest::collection::vec((0..4_u32, 0..5_000_u64, 1..9_000_u64), 1..400),
        ) {
            let mut tracks = Tracks::new(most);
            let mut now = [0; 4];
            let mut busy = 0;
            for (number, &(thread, gap, takes)) in things.iter().enumerate() {
                let now = &mut now[thread as usize];
                tracks.add(key(thread), bar(*now + gap, takes, number as u64));
                *now += gap + takes;
                busy += takes;
            }
            let bars: Vec<(u32, &Bar)> = tracks
                .iter()
                .flat_map(|(key, bars)| bars.iter().map(|bar| (key.thread, bar)))
                .collect();
            prop_assert!(bars.len() <= most.max(8), "{}", bars.len());
            prop_assert_eq!(bars.iter().map(|(_, bar)| bar.count).sum::<u64>(), things.len() as u64);
            prop_assert_eq!(bars.iter().map(|(_, bar)| bar.busy).sum::<u64>(), busy);
            for pair in bars.windows(2) {
                let [(thread, bar), (other, next)] = pair else { unreachable!() };
                prop_assert!(thread != other || bar.ended <= next.begun);
            }
            for (_, bar) in &bars {
                prop_assert!(bar.count == 1 || bar.ended - bar.begun <= tracks.resolution());
            }
            let end = bars.iter().map(|(_, bar)| bar.ended).max();
            prop_assert_eq!(end, now.into_iter().max());
        }
    }
}
