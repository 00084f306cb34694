//! Which ranks have been silent for so long that their machine or the network may be gone. Pure.
//!
//! Invariants: only ranks that owe the master something are judged, from when they do; each sends a sign of life now
//! and then meanwhile, also in a long iteration. Who runs the user's code on the thread that would send them is
//! excused. A master that was busy itself, and could not hear, judges nobody before it has listened again.

use std::mem;
use std::time::Duration;

use crate::base::rank::Rank;

/// How often ranks give signs of life, at least.
const SELDOM: Duration = Duration::from_secs(5);

/// So many signs of a rank may be late before it is spoken of.
const SIGNS: u32 = 6;

/// A master that has not listened for this part of the time may have missed a sign.
const DEAF: u32 = 2;

/// A look at all ranks every so often is enough.
const LOOKS: u32 = 20;

/// See the module.
#[derive(Debug, Default)]
pub(crate) struct Silence {
    speaks_after: Option<Duration>,
    lost_after: Option<Duration>,
    ranks: Vec<Ear>,
    /// When it looked last.
    looked: Duration,
    /// Since then it looks often enough to know.
    listening: Duration,
}

/// What is known of one rank.
#[derive(Clone, Debug, Default)]
struct Ear {
    /// When it was heard, or began to owe something.
    heard: Duration,
    /// How often its silence was spoken of.
    spoken: u32,
    /// The call in which it can't give signs of life.
    excused: Option<u64>,
}

/// A rank to speak of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Silent {
    pub(crate) rank: Rank,
    /// For so long.
    pub(crate) time: Duration,
    /// How often it was spoken of, with this time.
    pub(crate) spoken: u32,
    /// Whether it is given up.
    pub(crate) is_lost: bool,
}

impl Silence {
    /// Of so many ranks; without a time, it is not spoken of, or no rank is given up.
    pub(crate) fn new(
        ranks: usize,
        speaks_after: Option<Duration>,
        lost_after: Option<Duration>,
    ) -> Self {
        Self {
            speaks_after,
            lost_after,
            ranks: vec![Ear::default(); ranks],
            looked: Duration::ZERO,
            listening: Duration::ZERO,
        }
    }

    /// How often a rank that owes something gives a sign of life, if anybody cares.
    pub(crate) fn interval(&self) -> Option<Duration> {
        Some((self.shortest()? / SIGNS).min(SELDOM))
    }

    fn shortest(&self) -> Option<Duration> {
        let times = self.speaks_after.into_iter().chain(self.lost_after);
        times.min()
    }

    /// A loop begins.
    pub(crate) fn begin(&mut self, now: Duration) {
        self.looked = now;
        self.listening = now;
    }

    /// From now on this rank owes something.
    pub(crate) fn lent(&mut self, rank: Rank, now: Duration) {
        if let Some(ear) = self.ranks.get_mut(rank) {
            ear.heard = now;
        }
    }

    /// A rank was heard. If its silence was spoken of: for how long it was silent.
    pub(crate) fn heard(&mut self, rank: Rank, now: Duration) -> Option<Duration> {
        let ear = self.ranks.get_mut(rank)?;
        let before = mem::replace(&mut ear.heard, now);
        let spoken = mem::take(&mut ear.spoken);
        (spoken > 0).then(|| now.saturating_sub(before.max(self.listening)))
    }

    /// A rank can't give signs of life in this call.
    pub(crate) fn excuse(&mut self, rank: Rank, call: u64) {
        if let Some(ear) = self.ranks.get_mut(rank) {
            ear.excused = Some(call);
        }
    }

    /// Whom to speak of now, of the ranks that owe something in this call.
    pub(crate) fn look(
        &mut self,
        now: Duration,
        call: u64,
        owes: impl Fn(Rank) -> bool,
    ) -> Vec<Silent> {
        let Some(shortest) = self.shortest() else {
            return Vec::new();
        };
        let since = now.saturating_sub(self.looked);
        if since < shortest / LOOKS {
            return Vec::new();
        }
        self.looked = now;
        if since > shortest / DEAF {
            self.listening = now;
            return Vec::new();
        }
        let (speaks_after, lost_after) = (self.speaks_after, self.lost_after);
        let listening = self.listening;
        let ears = self.ranks.iter_mut().enumerate();
        let silent = ears.filter_map(|(rank, ear)| {
            let time = now.saturating_sub(ear.heard.max(listening));
            if time < shortest || ear.excused == Some(call) || !owes(rank) {
                return None;
            }
            let is_lost = lost_after.is_some_and(|limit| time >= limit);
            let again = speaks_after.is_some_and(|limit| time >= limit * (ear.spoken + 1));
            if again {
                ear.spoken += 1;
            }
            (is_lost || again).then_some(Silent {
                rank,
                time,
                spoken: ear.spoken,
                is_lost,
            })
        });
        silent.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    /// What is said from one second to another, in a loop whose call is 7.
    fn said(
        silence: &mut Silence,
        from: u64,
        to: u64,
        owes: impl Fn(Rank) -> bool,
    ) -> Vec<(u64, Rank, bool)> {
        let mut said = Vec::new();
        for now in from..=to {
            let silent = silence.look(seconds(now), 7, &owes);
            said.extend(silent.into_iter().map(|it| (now, it.rank, it.is_lost)));
        }
        said
    }

    fn usual() -> Silence {
        let mut silence = Silence::new(3, Some(seconds(60)), None);
        silence.begin(seconds(100));
        silence
    }

    #[test]
    fn silence_is_spoken_of_again_and_again() {
        let told = said(&mut usual(), 100, 300, |rank| rank == 2);
        assert_eq!(told, [(160, 2, false), (220, 2, false), (280, 2, false)]);
    }

    #[test]
    fn signs_of_life_and_ranks_that_owe_nothing_are_no_silence() {
        let mut silence = usual();
        let interval = silence.interval().unwrap().as_secs();
        for round in 0..100 {
            let now = 100 + round * interval;
            silence.heard(2, seconds(now));
            let owes = |rank| rank == 2;
            assert_eq!(said(&mut silence, now, now + interval, owes), []);
        }
        assert_eq!(said(&mut silence, 601, 2000, |_| false), []);
        // It begins to owe something late.
        silence.lent(1, seconds(2000));
        let told = said(&mut silence, 2001, 2070, |rank| rank == 1);
        assert!(matches!(told[..], [(2060..2064, 1, false)]), "{told:?}");
    }

    #[test]
    fn who_answers_again_is_told_of_once() {
        let mut silence = usual();
        said(&mut silence, 100, 165, |rank| rank == 1);
        assert_eq!(silence.heard(1, seconds(170)), Some(seconds(70)));
        assert_eq!(silence.heard(1, seconds(171)), None);
        assert_eq!(said(&mut silence, 172, 230, |rank| rank == 1), []);
    }

    #[test]
    fn a_rank_is_excused_in_one_call() {
        let mut silence = usual();
        silence.excuse(1, 7);
        silence.excuse(2, 6);
        assert_eq!(
            said(&mut silence, 100, 170, |_| true),
            [(160, 0, false), (160, 2, false)]
        );
    }

    #[test]
    fn a_master_that_could_not_hear_judges_nobody() {
        let mut silence = usual();
        assert_eq!(said(&mut silence, 100, 150, |_| true), []);
        assert_eq!(said(&mut silence, 500, 559, |_| true), []);
        assert_eq!(said(&mut silence, 560, 560, |_| true).len(), 3);
    }

    #[test]
    fn ranks_are_given_up_only_where_that_is_wanted() {
        let mut silence = Silence::new(2, Some(seconds(60)), Some(seconds(90)));
        silence.begin(Duration::ZERO);
        let told = said(&mut silence, 0, 90, |rank| rank == 1);
        assert_eq!(told, [(60, 1, false), (90, 1, true)]);
        let mut silent = Silence::new(2, None, Some(seconds(90)));
        silent.begin(Duration::ZERO);
        let told = said(&mut silent, 0, 90, |rank| rank == 1);
        assert_eq!(told, [(90, 1, true)]);
        let mut off = Silence::new(2, None, None);
        assert_eq!(off.interval(), None);
        assert_eq!(said(&mut off, 0, 900, |_| true), []);
    }
}
