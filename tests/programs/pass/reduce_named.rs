//! Reductions that the user names: `reduce(x: +)`, and functions of the program that merge.

use std::collections::BTreeMap;
use std::ops::AddAssign;

use parallel_for::{Reducible, parallel_for};
use parallel_for_tests::{show, work};
use serde::{Deserialize, Serialize};

/// Welford's mean and variance: merging is no addition of numbers.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
struct Stats {
    count: u32,
    mean: f64,
    spread: f64,
}

impl Stats {
    fn of(value: f64) -> Self {
        Self {
            count: 1,
            mean: value,
            spread: 0.0,
        }
    }

    fn merge(&mut self, other: Self) {
        if other.count == 0 {
            return;
        }
        let (own, others) = (f64::from(self.count), f64::from(other.count));
        let distance = other.mean - self.mean;
        self.spread += other.spread + distance * distance * own * others / (own + others);
        self.mean += distance * others / (own + others);
        self.count += other.count;
    }

    fn show(&self) -> String {
        let (mean, spread) = (self.mean.to_bits(), self.spread.to_bits());
        format!("{} {mean:016x} {spread:016x}", self.count)
    }
}

impl Reducible for Stats {}

impl AddAssign for Stats {
    fn add_assign(&mut self, other: Self) {
        self.merge(other);
    }
}

fn merged(mut a: Stats, b: Stats) -> Stats {
    a.merge(b);
    a
}

fn merge_into(a: &mut Stats, b: Stats) {
    a.merge(b);
}

#[parallel_for]
fn own_type(values: &[f64]) -> Stats {
    let mut stats = Stats::default();
    for value in values {
        work(500);
        stats += Stats::of(*value);
    }
    stats
}

#[parallel_for(reduce(stats: merged))]
fn by_value(values: &[f64]) -> Stats {
    let mut stats = Stats::of(0.5);
    for value in values {
        work(500);
        if *value < 0.9 {
            stats = merged(stats, Stats::of(*value));
        }
    }
    stats
}

#[parallel_for(reduce(stats: merge_into))]
fn by_reference(values: &[f64]) -> Stats {
    let mut stats = Stats::default();
    for value in values {
        work(500);
        merge_into(&mut stats, Stats::of(*value));
        if *value > 0.9 {
            merge_into(&mut stats, Stats::of(-value));
        }
    }
    stats
}

#[parallel_for(reduce(stats: merge))]
fn by_method(values: &[f64]) -> (Stats, usize) {
    let mut stats = Stats::default();
    let mut count = 0;
    for value in values {
        work(500);
        stats.merge(Stats::of(value * 3.0));
        count += 1;
    }
    (stats, count)
}

fn join(
    mut a: BTreeMap<u32, Vec<usize>>,
    b: BTreeMap<u32, Vec<usize>>,
) -> BTreeMap<u32, Vec<usize>> {
    for (key, places) in b {
        a.entry(key).or_default().extend(places);
    }
    a
}

/// What `entry` would do in place, merged from the maps of single iterations.
#[parallel_for(reduce(places: join))]
fn maps(values: &[f64]) -> BTreeMap<u32, Vec<usize>> {
    let mut places = BTreeMap::new();
    for (place, value) in values.iter().enumerate() {
        let key = u32::from(*value > 0.0) + 2 * u32::from(*value > 0.7);
        places = join(places, BTreeMap::from([(key, vec![place])]));
    }
    places
}

/// Several of them, by operators and by a function.
#[parallel_for(reduce(sum: +, product: *, stats: merge))]
fn several(values: &[f64]) -> (f64, f64, Stats) {
    let mut sum = 0.1;
    let mut product = 1.0;
    let mut stats = Stats::default();
    for value in values {
        sum += value;
        product *= 1.0 + value / 9.0;
        stats.merge(Stats::of(*value));
    }
    (sum, product, stats)
}

#[parallel_for]
fn on_the_loop(values: &[f64]) -> (Stats, f64) {
    let mut stats = Stats::default();
    #[parallel_for(reduce(stats: merge), schedule = round_robin)]
    for value in values {
        stats.merge(Stats::of(*value));
    }
    let mut spread = 0.0;
    #[parallel_for(reduce(spread: +), schedule = blocks)]
    for value in values {
        spread += (value - stats.mean) * (value - stats.mean);
    }
    (stats, spread)
}

pub(crate) fn main() {
    let mut report = Vec::new();
    for length in [0, 1, 150_u32] {
        let values: Vec<f64> = (0..length).map(|n| (f64::from(n) * 0.37).sin()).collect();
        let (method, count) = by_method(&values);
        let (sum, product, stats) = several(&values);
        let (both, spread) = on_the_loop(&values);
        for stats in [
            own_type(&values),
            by_value(&values),
            by_reference(&values),
            method,
            stats,
            both,
        ] {
            report.push(stats.show());
        }
        let (sum, product) = (sum.to_bits(), product.to_bits());
        report.push(format!(
            "{count} {sum:016x} {product:016x} {:016x}",
            spread.to_bits()
        ));
        report.push(format!("{:?}", maps(&values)));
    }
    show(&report);
}
