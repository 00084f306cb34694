//! Reductions of fields, of what `&mut` parameters point to, and of what patterns bind.

use std::ops::AddAssign;

use parallel_for::parallel_for;
use parallel_for_tests::{show, work};

#[derive(Clone, Debug, Default)]
struct Stats {
    count: usize,
    sum: f64,
    range: (f64, f64),
    best: Best,
    names: Vec<String>,
}

#[derive(Clone, Debug, Default)]
struct Best {
    score: f64,
    hits: u32,
}

#[parallel_for]
fn fields(values: &[f64]) -> Stats {
    let mut stats = Stats::default();
    let limit = 0.9;
    for value in values {
        work(300);
        stats.count += 1;
        stats.sum += value;
        stats.range.0 = stats.range.0.min(*value);
        stats.range.1 = stats.range.1.max(*value);
        if *value > stats.best.score {
            stats.best.score = *value;
        }
        if *value > limit {
            stats.best.hits += 1;
            stats.names.push(format!("{value:.2}"));
        }
    }
    stats
}

#[parallel_for]
fn through_references(values: &[f64], count: &mut u64, sum: &mut f64, highest: &mut f64) -> bool {
    let mut negative = false;
    for value in values {
        *count += 1;
        *sum += value * 0.1;
        *highest = (*highest).max(*value);
        negative |= *value < 0.0;
    }
    negative
}

impl Stats {
    #[parallel_for]
    fn add(&mut self, values: &[f64]) {
        for value in values {
            self.count += 1;
            self.sum += value;
            self.best.hits -= u32::from(*value > 0.99);
            self.names.push(value.to_bits().to_string());
        }
    }
}

#[parallel_for]
fn bound(counts: (&mut u32, Option<&mut i64>), values: &[f64]) {
    let (small, Some(large)) = counts else {
        return;
    };
    for value in values {
        if value.abs() < 0.5 {
            *small += 1;
        } else {
            *large += 100;
            *large -= 1;
        }
    }
}

/// The type of the sum is known to the callers alone.
#[parallel_for]
fn generic<T>(values: &[f64], start: T, step: T) -> (T, T)
where
    T: AddAssign + Copy + Send + Sync + parallel_for::Transport + parallel_for::Reducible,
{
    let mut sum = start;
    let mut steps = step;
    for value in values {
        if *value > 0.0 {
            sum += step;
        }
        steps += step;
    }
    (sum, steps)
}

pub(crate) fn main() {
    let mut report = Vec::new();
    let (mut count, mut sum, mut highest) = (1, 0.2, -9.0);
    let (mut small, mut large) = (5, 7);
    for length in [0, 1, 200_u32] {
        let values: Vec<f64> = (0..length).map(|n| (f64::from(n) * 1.3).sin()).collect();
        let mut stats = fields(&values);
        stats.add(&values);
        report.push(format!("{stats:?} {:016x}", stats.sum.to_bits()));
        let negative = through_references(&values, &mut count, &mut sum, &mut highest);
        report.push(format!(
            "{negative} {count} {:016x} {highest:?}",
            sum.to_bits()
        ));
        bound((&mut small, Some(&mut large)), &values);
        bound((&mut small, None), &values);
        let (floats, steps) = generic(&values, 0.3, 0.1_f64);
        let whole = generic(&values, 5_i16, -2);
        report.push(format!("{small} {large} {floats:?} {steps:?} {whole:?}"));
    }
    show(&report);
}
