//! Elements that serde gives back as others: refused on all ranks, whichever ran them, and never a
//! result that differs from the sequential one.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
use std::ops::AddAssign;
use std::time::Duration;

use serde::{Deserialize, Deserializer, Serialize};

use super::failures::panics_on_ranks;
use super::tests::on_ranks;
use crate::{Reducible, Transport, parallel_for};

/// Loses its field, and prints it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Skips {
    id: u64,
    #[serde(skip)]
    note: u64,
}

impl Skips {
    fn new(id: u64) -> Self {
        Self { id, note: id % 7 }
    }
}

/// Loses its field, and compares it.
#[derive(Clone, PartialEq, PartialOrd, Eq, Ord, Serialize, Deserialize)]
struct Kept {
    id: u64,
    #[serde(skip)]
    note: u64,
}

/// A list that serde sorts.
#[derive(Clone, Debug, Serialize)]
struct Sorts(Vec<u64>);

impl<'de> Deserialize<'de> for Sorts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut values = Vec::deserialize(deserializer)?;
        values.sort_unstable();
        Ok(Self(values))
    }
}

/// Sets that print, and nothing else: their copies have another order.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Sets {
    pair: HashSet<u64>,
    many: HashMap<String, HashSet<u64>>,
}

impl Sets {
    fn new(i: u64) -> Self {
        let many = (0..i % 9).map(|k| (k.to_string(), (0..k).collect()));
        Self {
            pair: HashSet::from([i, i + 1]),
            many: many.collect(),
        }
    }
}

fn refused(program: impl Fn() + Sync) {
    for ranks in [2, 3] {
        for text in panics_on_ranks(ranks, &program) {
            assert!(text.contains("reads back as a different value"), "{text}");
            assert!(text.contains("help: "), "{text}");
        }
    }
}

/// Long enough for every rank to get an iteration.
fn rest() {
    std::thread::sleep(Duration::from_micros(300));
}

#[test]
fn a_skipped_field_is_refused_in_every_kind_of_output() {
    #[parallel_for]
    fn of_a_list() {
        let mut results = Vec::new();
        for i in 0..60 {
            rest();
            results.push(Skips::new(i));
        }
        assert_eq!(results.len(), 60);
    }
    #[parallel_for]
    fn of_a_map() {
        let mut results = BTreeMap::new();
        for i in 0..60 {
            rest();
            results.insert(i, Kept { id: i, note: 1 });
        }
        assert_eq!(results.len(), 60);
    }
    #[parallel_for]
    fn of_a_last_value() {
        let mut last = Skips::default();
        let mut count = 0;
        for i in 0..60 {
            rest();
            count += 1;
            last = Skips::new(i + 1);
        }
        assert_eq!((count, last.id), (60, 60));
    }
    #[parallel_for]
    fn of_the_greatest() {
        let mut best = Kept { id: 0, note: 0 };
        for i in 0..60 {
            rest();
            let this = Kept { id: i, note: 1 };
            if this > best {
                best = this;
            }
        }
        assert_eq!(best.id, 59);
    }
    #[parallel_for]
    fn of_updates() {
        let mut all: Vec<Skips> = (0..60).map(Skips::new).collect();
        for one in &mut all {
            rest();
            one.id += 1;
        }
        assert_eq!(all.len(), 60);
    }
    refused(of_a_list);
    refused(of_a_map);
    refused(of_a_last_value);
    refused(of_the_greatest);
    refused(of_updates);
}

impl AddAssign for Skips {
    fn add_assign(&mut self, other: Self) {
        self.id += other.id;
        self.note += other.note;
    }
}

impl Reducible for Skips {}

#[test]
fn a_skipped_field_is_refused_in_a_sum_and_one_that_can_be_left() {
    #[parallel_for]
    fn of_a_sum() {
        let mut sum = Skips::default();
        for i in 0..60 {
            rest();
            sum += Skips::new(i);
        }
        assert_eq!(sum.id, 1770);
    }
    #[parallel_for]
    fn of_a_loop_with_an_end() {
        let mut results = Vec::new();
        for i in 0..60 {
            rest();
            if i == 50 {
                break;
            }
            results.push(Some(Skips::new(i)));
        }
        assert_eq!(results.len(), 50);
    }
    refused(of_a_sum);
    refused(of_a_loop_with_an_end);
}

#[test]
fn items_of_the_master_that_lose_something_on_their_way_are_refused() {
    // The master only manages: each item travels.
    #[parallel_for(items = master, threads = 1)]
    fn with_a_field() {
        let mut notes = Vec::new();
        for item in (0..60).map(Skips::new) {
            notes.push(item.id + item.note);
        }
        assert_eq!(notes.len(), 60);
    }
    refused(with_a_field);
}

#[test]
fn a_list_that_serde_sorts_is_refused_also_beside_sets() {
    #[parallel_for]
    fn alone() {
        let mut results = Vec::new();
        for i in 0..60 {
            rest();
            results.push(Sorts(vec![i, 3, 1]));
        }
        assert_eq!(results.len(), 60);
    }
    #[parallel_for]
    fn beside() {
        let mut results = Vec::new();
        for i in 0..60 {
            rest();
            results.push((Sets::new(i), Sorts(vec![i, 3, 1])));
        }
        assert_eq!(results.len(), 60);
    }
    refused(alone);
    refused(beside);
}

#[test]
fn one_value_among_thousands_is_found() {
    #[parallel_for(schedule = managed(chunk = 1))]
    fn late() {
        let mut results = Vec::new();
        for i in 0..3000 {
            results.push(Skips {
                id: i,
                note: u64::from(i == 2500),
            });
        }
        assert_eq!(results.len(), 3000);
    }
    refused(late);
}

#[test]
fn one_value_of_a_long_chunk_is_found() {
    #[parallel_for(schedule = managed(chunk = 10_000))]
    fn of_one_list(lost: u64) {
        let mut results = Vec::new();
        for i in 0..30_000 {
            let note = u64::from(i == lost);
            results.push(Skips { id: i, note });
        }
        assert_eq!(results.len(), 30_000);
    }
    #[parallel_for(schedule = managed(chunk = 10_000))]
    fn of_some(lost: u64) {
        let mut results = VecDeque::new();
        for i in 0..30_000 {
            if i % 3 == 0 {
                let note = u64::from(i == lost);
                results.push_back(Skips { id: i, note });
            }
        }
        assert_eq!(results.len(), 10_000);
    }
    for lost in [0, 4_998, 9_999, 15_000, 29_997] {
        refused(|| of_one_list(lost));
        refused(|| of_some(lost));
    }
}

#[test]
fn sets_that_can_only_be_printed_travel() {
    #[parallel_for]
    fn sets() -> Vec<Sets> {
        let mut results = Vec::new();
        for i in 0..200 {
            rest();
            results.push(Sets::new(i));
        }
        results
    }
    for result in on_ranks(3, 2, 5, sets) {
        let same = |(i, sets): (usize, Sets)| {
            let expected = Sets::new(i as u64);
            (sets.pair, sets.many) == (expected.pair, expected.many)
        };
        assert!(result.into_iter().enumerate().all(same));
    }
}

#[test]
fn values_that_differ_from_themselves_travel() {
    #[derive(Clone, PartialEq, Serialize, Deserialize)]
    struct Point {
        x: f64,
    }
    #[parallel_for]
    fn points() -> Vec<Point> {
        let mut results = Vec::new();
        for i in 0..50 {
            rest();
            let x = if i % 3 == 0 { f64::NAN } else { f64::from(i) };
            results.push(Point { x });
        }
        results
    }
    for result in on_ranks(3, 1, 6, points) {
        assert_eq!(result.iter().filter(|point| point.x.is_nan()).count(), 17);
    }
}

#[test]
fn a_type_that_follows_from_code_behind_the_loop() {
    #[derive(Serialize, Deserialize)]
    struct Bare;
    #[parallel_for]
    fn nothing() -> usize {
        let mut results = Vec::new();
        for _ in 0..20 {
            results.push(None);
        }
        results.push(Some(Bare));
        results.len()
    }
    assert_eq!(nothing(), 21);
}

#[test]
fn what_nobody_can_compare_is_the_same_for_all_parts() {
    #[parallel_for]
    fn generic<T: Transport>(make: impl Fn(u64) -> T + Sync) -> Vec<T> {
        let mut results = Vec::new();
        for i in 0..60 {
            rest();
            results.push(make(i));
        }
        results
    }
    #[parallel_for(schedule = managed(chunk = 5_000))]
    fn in_long_parts<T: Transport>(make: impl Fn(u64) -> T + Sync) -> Vec<T> {
        let mut results = Vec::new();
        for i in 0..20_001 {
            results.push(make(i));
        }
        results
    }
    for result in on_ranks(3, 1, 8, || generic(|i| Skips { id: i, note: 5 })) {
        let notes: HashSet<u64> = result.iter().map(|skips| skips.note).collect();
        assert_eq!(notes, HashSet::from([0]));
    }
    for result in on_ranks(3, 1, 8, || in_long_parts(|id| Skips { id, note: 5 })) {
        let mut all = result.into_iter().enumerate();
        assert_eq!(all.len(), 20_001);
        assert!(all.all(|(i, skips)| (skips.id, skips.note) == (i as u64, 0)));
    }
}
