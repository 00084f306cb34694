//! Whether it pays that other ranks run iterations: what they hand in costs the master time, too, to receive it and to
//! make parts of it. Pure.
//!
//! Invariant: while other ranks get nothing, this one's own threads bring chunks back; and in what it finds not to pay, it
//! is proven wrong by samples, or by iterations that get longer.

#[cfg(test)]
mod tests;

use std::time::Duration;

/// A message takes so long by itself, which long chunks make up for.
const MESSAGE: Duration = Duration::from_micros(40);

/// The first chunks of other ranks take so long, each later one at most so many times as long as one that paid, until
/// they take as long as chunks do. There are at most so many of the first ones.
const SAMPLE: Duration = Duration::from_micros(20);
const GROWTH: u32 = 8;
const PROVEN: Duration = Duration::from_millis(1);
const SAMPLES: usize = 2;

/// It does not pay where carrying an item takes so many times as long as running it, and does again where it takes less
/// than so many.
const TOO_MUCH: f64 = 1.25;
const LITTLE: f64 = 0.8;

/// One measurement may be the machine's fault; and more, where it has long paid.
const IN_A_ROW: u32 = 2;
const IN_A_ROW_AFTER_PROOF: u32 = 4;

/// The next sample is taken when this rank's threads have run for so many times as long as the last one took, later for
/// up to so many times as long; but not much later than that, if samples are short beside it.
const SELDOM: u32 = 16;
const SELDOMER: u32 = 8;
const LATEST: Duration = Duration::from_millis(100);
const LONG_SAMPLE: u32 = 4;

/// Where no sample has come back for so long, its iterations may have become long ones; and so may those of this rank,
/// where none of its chunks has, and the next sample would have been due.
const PATIENCE: Duration = Duration::from_millis(10);

/// What a chunk counts less with each that comes after it.
const FADING: f64 = 1.0 / 4.0;

/// See the module.
#[derive(Debug, Default)]
pub(super) struct Carrying {
    /// Nanoseconds beyond what a message takes by itself, and the items that took them.
    excess: f64,
    items: f64,
    /// Measurements of the last chunks by which it did not pay.
    bad: u32,
    /// Chunks that take so long have paid.
    proven: Duration,
    /// Chunks that other ranks have.
    lent: usize,
    /// Since when none has come back that says whether it pays, while others wait for that.
    unanswered: Option<Duration>,
    home: Option<Home>,
}

/// What is left is run by this rank alone.
#[derive(Clone, Copy, Debug)]
struct Home {
    /// What its threads have run since the last sample, and how much that is to be before the next one.
    spent: Duration,
    due: Duration,
    /// `due` is so many times as long as for the first one.
    seldom: u32,
    /// Since when no chunk of this rank has come back, as far as somebody looked.
    quiet: Option<Duration>,
}

/// How many iterations another rank may get.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Allowance {
    Any,
    /// So many at most.
    Few(u64),
    None,
}

impl Carrying {
    /// Where carrying an item took so many nanoseconds in a loop before, in which that did not pay.
    pub(super) fn known(item: f64) -> Self {
        Self {
            excess: item,
            items: 1.0,
            home: Some(Home {
                due: PROVEN * 4,
                ..Home::after(PROVEN, 1)
            }),
            ..Self::default()
        }
    }

    /// What an item that is carried costs, where that does not pay.
    pub(super) fn too_much(&self) -> Option<f64> {
        self.home.and(self.item())
    }

    /// Whether this rank alone runs what is left, but for samples.
    pub(super) fn stays_here(&self) -> bool {
        self.home.is_some()
    }

    fn item(&self) -> Option<f64> {
        (self.items > 0.0).then(|| self.excess / self.items)
    }

    /// What another rank may get now, where an iteration takes so many nanoseconds.
    pub(super) fn allows(&mut self, now: Duration, cost: Option<f64>) -> Allowance {
        let pays_again = self
            .item()
            .zip(cost)
            .is_some_and(|(item, cost)| item < LITTLE * cost);
        if let Some(home) = &mut self.home {
            if pays_again {
                (self.home, self.bad) = (None, 0);
            } else if (self.lent > 0 || home.spent < home.due) && !home.is_quiet(now) {
                return Allowance::None;
            }
        }
        // Of what is not known, everybody gets the least there is.
        let Some(cost) = cost else {
            return Allowance::Any;
        };
        let longest = if self.home.is_some() {
            Duration::ZERO
        } else {
            self.proven
        };
        if longest >= PROVEN || Duration::from_nanos(nanos(cost)) >= MESSAGE {
            return Allowance::Any;
        }
        if self.lent >= SAMPLES && self.proven < SAMPLE / 2 && self.home.is_none() {
            let since = *self.unanswered.get_or_insert(now);
            if now.saturating_sub(since) < PATIENCE {
                return Allowance::None;
            }
        }
        let time = (longest * GROWTH).max(SAMPLE);
        #[expect(clippy::cast_precision_loss, reason = "an estimate")]
        let few = nanos(time.as_nanos() as f64 / cost.max(1e-3));
        Allowance::Few(few.max(1))
    }

    /// Another rank has got a chunk.
    pub(super) fn lent(&mut self) {
        self.lent += 1;
        if let Some(home) = &mut self.home {
            (home.spent, home.quiet) = (Duration::ZERO, None);
        }
    }

    /// Another rank's chunk is back.
    pub(super) fn back(&mut self) {
        self.lent -= 1;
        self.unanswered = None;
    }

    /// A chunk of this rank is back, which took so long.
    pub(super) fn ran(&mut self, busy: Duration) {
        if let Some(home) = &mut self.home {
            home.spent += busy;
            home.quiet = None;
        }
    }

    /// What another rank has handed in, of so many iterations, took this one so long, where running each of them takes so
    /// many nanoseconds.
    pub(super) fn carried(&mut self, iterations: u64, time: Duration, cost: Option<f64>) {
        if iterations == 0 {
            return;
        }
        let excess = time.saturating_sub(MESSAGE);
        #[expect(clippy::cast_precision_loss, reason = "an estimate")]
        let (excess, items) = (excess.as_nanos() as f64, iterations as f64);
        let Some(cost) = cost else { return };
        let (one, before) = (excess / items, self.item());
        let is_bad = one > TOO_MUCH * cost;
        // Where it paid, a single measurement is not believed in full.
        let paid = before.is_some_and(|before| before < cost) && self.home.is_none();
        let excess = if paid {
            excess.min(2.0 * TOO_MUCH * cost * items)
        } else {
            excess
        };
        let keep = if self.home.is_some() {
            0.0
        } else {
            1.0 - FADING
        };
        self.excess = self.excess * keep + excess;
        self.items = self.items * keep + items;
        self.bad = if is_bad {
            self.bad.saturating_add(1)
        } else {
            0
        };
        let worth = Duration::from_nanos(nanos(cost * items));
        if !is_bad {
            self.proven = self.proven.max(worth);
        }
        let enough = if self.proven < PROVEN {
            IN_A_ROW
        } else {
            IN_A_ROW_AFTER_PROOF
        };
        let is_too_much = self.item().is_some_and(|item| item > TOO_MUCH * cost);
        match self.home {
            Some(Home { seldom, .. }) if is_bad => {
                self.home = Some(Home::after(time, (2 * seldom).min(SELDOMER)));
            }
            Some(_) => self.home = None,
            None if self.bad >= enough && is_too_much => {
                self.home = Some(Home::after(time, 1));
                self.proven = Duration::ZERO;
            }
            None => {}
        }
    }
}

impl Home {
    /// After a sample that took so long.
    fn after(time: Duration, seldom: u32) -> Self {
        Self {
            spent: Duration::ZERO,
            due: (time.saturating_mul(SELDOM * seldom).min(LATEST))
                .max(time.saturating_mul(LONG_SAMPLE)),
            seldom,
            quiet: None,
        }
    }

    /// Whether this rank has brought nothing back for long.
    fn is_quiet(&mut self, now: Duration) -> bool {
        let since = *self.quiet.get_or_insert(now);
        now.saturating_sub(since) >= PATIENCE.max(self.due)
    }
}

/// The conversion saturates.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "see above"
)]
fn nanos(nanos: f64) -> u64 {
    nanos as u64
}
