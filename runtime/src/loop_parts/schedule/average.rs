//! How long iterations take on average, by the last chunks.

use std::time::Duration;

/// A chunk counts by so much less with each that comes after it.
const FADING: f64 = 1.0 / 16.0;

/// See the module.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Average {
    chunks: f64,
    iterations: f64,
    nanos: f64,
    /// The square of what a chunk's time differs by from the average, for each of its iterations.
    squares: f64,
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "an estimate, and the conversions saturate"
)]
impl Average {
    /// So many iterations, at least one, took `busy` on one thread.
    pub(super) fn measured(&mut self, iterations: u64, busy: Duration) {
        let fade = |sum: &mut f64, new: f64| *sum += new - *sum * FADING;
        let (iterations, nanos) = (iterations as f64, busy.as_nanos() as f64);
        if self.iterations > 0.0 {
            let difference = nanos - iterations * self.nanos / self.iterations;
            fade(&mut self.squares, difference * difference / iterations);
            fade(&mut self.chunks, 1.0);
        }
        fade(&mut self.iterations, iterations);
        fade(&mut self.nanos, nanos);
    }

    /// The variance of an iteration's time, divided by the average: zero where all take the same, about the average where
    /// some take several times as long as others.
    pub(super) fn spread(&self) -> Duration {
        let spread = self.squares / self.chunks.max(1.0) / (self.nanos / self.iterations);
        Duration::from_nanos(spread as u64)
    }

    /// How many nanoseconds one takes, once one was measured.
    pub(super) fn one(&self) -> Option<f64> {
        (self.iterations > 0.0).then(|| self.nanos / self.iterations)
    }

    /// How long one thread takes for so many iterations, once one was measured.
    pub(super) fn time_of(&self, iterations: u64) -> Option<Duration> {
        let one = self.one()?;
        Some(Duration::from_nanos((one * iterations as f64) as u64))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_known_of_iterations_that_did_not_run() {
        assert_eq!(Average::default().time_of(5), None);
    }

    #[test]
    fn every_iteration_counts_alike_and_later_chunks_for_more() {
        let mut average = Average::default();
        average.measured(10, Duration::from_micros(10));
        average.measured(1, Duration::from_micros(100));
        let one = average.time_of(1).unwrap();
        assert!((10..12).contains(&one.as_micros()), "{one:?}");
        for _ in 0..200 {
            average.measured(1, Duration::from_micros(100));
        }
        let all = average.time_of(10).unwrap();
        assert!((990..=1_000).contains(&all.as_micros()), "{all:?}");
    }

    #[test]
    fn any_times_and_numbers_are_a_time() {
        let mut average = Average::default();
        average.measured(1, Duration::ZERO);
        assert_eq!(average.time_of(u64::MAX), Some(Duration::ZERO));
        average.measured(u64::MAX, Duration::MAX);
        average.measured(1, Duration::MAX);
        assert!(average.time_of(u64::MAX).is_some());
    }
}
