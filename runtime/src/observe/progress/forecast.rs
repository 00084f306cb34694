//! How fast a loop goes, and how long the rest of it will take.
//!
//! The more recent half of the time counts, so that a slow start is soon forgotten. Where the cost of an item has clearly
//! been changing with its place (a triangular loop, items that are sorted by size), the rest goes on changing: costs are
//! fitted by a straight line, which counts if its slope is `SURE` standard errors from zero.
//! Invariant: times only grow, and so do the numbers of items.

use std::time::Duration;

/// What was finished by some time.
#[derive(Clone, Copy, Debug, Default)]
struct Point {
    items: f64,
    seconds: f64,
}

/// See the module.
#[derive(Clone, Debug)]
pub(crate) struct Forecast {
    /// Evenly in time, up to the last one.
    points: Vec<Point>,
    /// So many seconds.
    apart: f64,
}

/// At most so many points are kept; of more, about every second one.
const MOST: usize = 128;

/// A line is fitted through so many stretches at least.
const STRETCHES: usize = 12;

/// See the module.
const SURE: f64 = 5.0;

/// The rest is taken to be at most so many times as costly as what was last.
const FAR: f64 = 8.0;

impl Forecast {
    pub(crate) fn new() -> Self {
        Self {
            points: vec![Point::default()],
            apart: 0.0,
        }
    }

    /// So many items are finished after so long.
    pub(crate) fn note(&mut self, items: u64, after: Duration) {
        #[expect(clippy::cast_precision_loss, reason = "it is a forecast")]
        let items = items as f64;
        let seconds = after.as_secs_f64();
        let last = self.last();
        if items <= last.items || seconds <= last.seconds {
            return;
        }
        if self.points.len() >= MOST {
            self.thin();
        }
        if let [.., before, last] = &mut self.points[..]
            && last.seconds - before.seconds < self.apart
        {
            *last = Point { items, seconds };
        } else {
            self.points.push(Point { items, seconds });
        }
    }

    /// Items in a second; `None` before the first one.
    pub(crate) fn rate(&self) -> Option<f64> {
        self.cost().map(f64::recip)
    }

    /// How long so many more items take from the last note on; `None` before the first one.
    pub(crate) fn left(&self, items: u64) -> Option<Duration> {
        #[expect(clippy::cast_precision_loss, reason = "it is a forecast")]
        let items = items as f64;
        let recent = self.cost()?;
        let drifted = self.line().map_or(recent, |(first, slope)| {
            first + slope * (self.last().items + items / 2.0)
        });
        let cost = drifted.clamp(recent / FAR, recent * FAR);
        Duration::try_from_secs_f64(items * cost).ok()
    }

    /// How long ago the last note was, after so long.
    pub(crate) fn age(&self, after: Duration) -> Duration {
        let last = Duration::try_from_secs_f64(self.last().seconds).unwrap_or_default();
        after.saturating_sub(last)
    }

    fn thin(&mut self) {
        #[expect(clippy::cast_precision_loss, reason = "it is small")]
        let apart = self.last().seconds / (MOST / 2) as f64;
        let mut kept = None;
        self.points.retain(|point| {
            let keeps = kept.is_none_or(|kept| point.seconds - kept >= apart);
            if keeps {
                kept = Some(point.seconds);
            }
            keeps
        });
        self.apart = apart;
    }

    fn last(&self) -> Point {
        self.points[self.points.len() - 1]
    }

    /// What was noted in the more recent half of the time, from its beginning on.
    fn recent(&self) -> &[Point] {
        let half = self.last().seconds / 2.0;
        let is_before = |point: &Point| point.seconds <= half;
        let before = self.points.partition_point(is_before);
        &self.points[before.saturating_sub(1)..]
    }

    /// Seconds for an item, of late.
    fn cost(&self) -> Option<f64> {
        let (last, since) = (self.last(), *self.recent().first()?);
        (last.items > since.items)
            .then(|| (last.seconds - since.seconds) / (last.items - since.items))
    }

    /// The straight line of late costs by items, at the first one and its slope, where that is clear.
    fn line(&self) -> Option<(f64, f64)> {
        let stretches: Vec<_> = self.recent().windows(2).map(Stretch::between).collect();
        if stretches.len() < STRETCHES {
            return None;
        }
        let sum = |value: &dyn Fn(&Stretch) -> f64| -> f64 {
            stretches.iter().map(|one| one.items * value(one)).sum()
        };
        let weight = sum(&|_| 1.0);
        let (place, cost) = (
            sum(&|one| one.place) / weight,
            sum(&|one| one.cost) / weight,
        );
        let spread = sum(&|one| (one.place - place).powi(2));
        let slope = sum(&|one| (one.place - place) * (one.cost - cost)) / spread;
        let rest = sum(&|one| (one.cost - cost - slope * (one.place - place)).powi(2));
        #[expect(clippy::cast_precision_loss, reason = "they are few")]
        let error = (rest / spread / (stretches.len() - 2) as f64).sqrt();
        (slope.abs() > SURE * error).then_some((cost - slope * place, slope))
    }
}

/// What came between two points.
struct Stretch {
    items: f64,
    /// Of the item in the middle.
    place: f64,
    /// Seconds for an item.
    cost: f64,
}

impl Stretch {
    fn between(points: &[Point]) -> Self {
        let (from, to) = (points[0], points[1]);
        let items = to.items - from.items;
        Self {
            items,
            place: f64::midpoint(from.items, to.items),
            cost: (to.seconds - from.seconds) / items,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What is forecast after `done` of `all` items, whose costs are these, for all that are left; and what they take.
    fn forecast(done: u64, all: u64, cost: impl Fn(u64) -> f64) -> (f64, f64) {
        let (mut forecast, mut clock) = (Forecast::new(), 0.0);
        for item in 0..done {
            clock += cost(item);
            forecast.note(item + 1, Duration::from_secs_f64(clock));
        }
        let left = forecast.left(all - done).expect("something is finished");
        (left.as_secs_f64(), (done..all).map(cost).sum())
    }

    #[test]
    fn nothing_is_known_before_the_first_item() {
        let mut forecast = Forecast::new();
        assert_eq!(forecast.left(10), None);
        assert_eq!(forecast.rate(), None);
        forecast.note(5, Duration::ZERO);
        assert_eq!(forecast.left(10), None);
        forecast.note(5, Duration::from_secs(1));
        assert_eq!(forecast.left(10), Some(Duration::from_secs(2)));
    }

    #[test]
    fn a_loop_that_grows_with_its_items_is_seen_to_the_end() {
        for done in [100, 300, 900] {
            let (left, truth) = forecast(done, 1000, |item| {
                f64::from(u32::try_from(item).unwrap() + 1) / 1000.0
            });
            assert!((left / truth - 1.0).abs() < 0.1, "{left} for {truth}");
        }
    }

    #[test]
    fn a_slow_start_is_forgotten() {
        let cost = |item| if item < 3 { 1.0 } else { 0.01 };
        let (left, truth) = forecast(700, 1000, cost);
        assert!((left / truth - 1.0).abs() < 0.2, "{left} for {truth}");
    }

    proptest! {
        #[test]
        fn an_even_loop_is_foretold(done in 1_u64..2000, left in 1_u64..10_000, cost in 1e-6..10.0) {
            let (foretold, truth) = forecast(done, done + left, |_| cost);
            prop_assert!((foretold / truth - 1.0).abs() < 0.01, "{foretold} for {truth}");
        }

        #[test]
        fn noise_is_no_drift(seed in any::<u64>(), done in 100_u64..1000) {
            let noise = |item: u64| {
                let bits = (item ^ seed).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40;
                0.5 + f64::from(u32::try_from(bits).unwrap()) / f64::from(1 << 24)
            };
            let (foretold, truth) = forecast(done, 4 * done, noise);
            prop_assert!((foretold / truth - 1.0).abs() < 0.5, "{foretold} for {truth}");
        }
    }
}
