//! What some iterations took, and so what others might.

use std::ops::Range;
use std::time::Duration;

use crate::loop_parts::items::{Cost, Slowest};

/// What chunks took, by the place of their iterations.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sample {
    chunks: Vec<Chunk>,
    /// So many chunks were met, of which one in `each` is kept.
    met: u64,
    each: u64,
}

/// Iterations with about the same cost, but for one of them.
#[derive(Clone, Copy, Debug)]
struct Chunk {
    start: u64,
    end: u64,
    nanos: u64,
    slowest: Option<Slowest>,
}

/// So many chunks are kept.
const MOST: usize = 1 << 14;

/// So many costs stand for all of a loop at most: of longer ones, for several iterations each.
const COSTS: u64 = 100_000;

impl Chunk {
    /// What so many iterations from this one on took, or would take if they were all like these.
    fn cost(&self, first: u64, many: u64) -> u64 {
        let count = self.end - self.start;
        match self.slowest {
            Some(Slowest { iteration, nanos }) if many == 1 && count > 1 => {
                if iteration == first {
                    nanos
                } else {
                    self.nanos.saturating_sub(nanos) / (count - 1)
                }
            }
            _ => {
                let nanos = u128::from(self.nanos) * u128::from(many) / u128::from(count.max(1));
                u64::try_from(nanos).unwrap_or(u64::MAX)
            }
        }
    }
}

impl Sample {
    /// A chunk of iterations took so long.
    pub(crate) fn add(&mut self, chunk: &Range<u64>, cost: Cost) {
        if chunk.is_empty() {
            return;
        }
        self.each = self.each.max(1);
        self.met += 1;
        if !self.met.is_multiple_of(self.each) {
            return;
        }
        self.chunks.push(Chunk {
            start: chunk.start,
            end: chunk.end,
            nanos: cost.nanos,
            slowest: cost.slowest,
        });
        if self.chunks.len() > MOST {
            let mut number = 0;
            self.chunks.retain(|_| {
                number += 1;
                number % 2 == 0
            });
            self.each *= 2;
        }
    }

    /// What the iterations of a call with so many take, or so many groups of them.
    pub(super) fn costs(&self, items: u64) -> Vec<Duration> {
        let mut sorted = self.chunks.clone();
        sorted.sort_by_key(|chunk| chunk.start);
        // As likely as it has iterations.
        let mut so_far = 0;
        let ends: Vec<u64> = sorted
            .iter()
            .map(|chunk| {
                so_far += chunk.end - chunk.start;
                so_far
            })
            .collect();
        if so_far == 0 {
            return Vec::new();
        }
        let groups = items.min(COSTS);
        let bound = |group: u64| {
            let bound = u128::from(group) * u128::from(items) / u128::from(groups);
            u64::try_from(bound).unwrap_or(u64::MAX)
        };
        let cost = |group: u64| {
            let (start, end) = (bound(group), bound(group + 1));
            let behind = sorted.partition_point(|chunk| chunk.start <= start);
            let known = behind.checked_sub(1).map(|at| sorted[at]);
            let nanos = if let Some(chunk) = known.filter(|chunk| start < chunk.end) {
                chunk.cost(start, end - start)
            } else {
                let any = scattered(start) % so_far;
                let chunk = sorted[ends.partition_point(|&end| end <= any)];
                let like = chunk.start + scattered(any) % (chunk.end - chunk.start);
                chunk.cost(like, end - start)
            };
            Duration::from_nanos(nanos)
        };
        (0..groups).map(cost).collect()
    }
}

/// Another number for each, as if at random (the finaliser of Steele's `SplitMix64`).
fn scattered(number: u64) -> u64 {
    let number = number.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let number = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    number ^ (number >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cost(nanos: u64, slowest: Option<(u64, u64)>) -> Cost {
        Cost {
            nanos,
            slowest: slowest.map(|(iteration, nanos)| Slowest { iteration, nanos }),
            span: None,
        }
    }

    fn nanos(sample: &Sample, items: u64) -> Vec<u128> {
        let costs = sample.costs(items);
        costs.iter().map(Duration::as_nanos).collect()
    }

    #[test]
    fn what_was_measured_is_taken_as_it_is() {
        let mut sample = Sample::default();
        sample.add(&(3..5), cost(100, None));
        sample.add(&(0..3), cost(70, Some((1, 50))));
        assert_eq!(nanos(&sample, 5), [10, 50, 10, 50, 50]);
        assert_eq!(nanos(&Sample::default(), 5), [0; 0]);
        assert_eq!(nanos(&sample, 0), [0; 0]);
    }

    #[test]
    fn what_was_not_measured_is_like_what_was() {
        let mut sample = Sample::default();
        sample.add(&(0..100), cost(1_000, None));
        sample.add(&(100..200), cost(3_000, None));
        let costs = nanos(&sample, 10_000);
        assert_eq!(costs.len(), 10_000);
        let dear = costs.iter().filter(|&&cost| cost == 30).count();
        assert!((4_700..5_300).contains(&dear), "{dear}");
        assert!(costs.iter().all(|&cost| cost == 10 || cost == 30));
    }

    #[test]
    fn of_long_loops_one_cost_is_that_of_many_iterations() {
        let mut sample = Sample::default();
        for chunk in 0..50_000 {
            sample.add(&(chunk * 10..chunk * 10 + 10), cost(200, None));
        }
        assert!(sample.chunks.len() <= MOST);
        let costs = nanos(&sample, 10_000_000);
        assert_eq!(costs.len(), 100_000);
        assert_eq!(costs.iter().sum::<u128>(), 200_000_000);
    }
}
