//! Equal values look equal whatever the process; values that differ look different, at the right place.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::RandomState;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use proptest::prelude::*;
use serde::Serialize;

use super::*;
use crate::__private::{capture, ordered};

macro_rules! sketch {
    ($value:expr) => {{
        let value = $value;
        let told = Captures::told(true, |captures| {
            capture!(captures, "value", value);
        });
        told.captured()
            .into_iter()
            .next()
            .and_then(|captured| captured.sketch)
    }};
}

macro_rules! difference {
    ($ours:expr, $theirs:expr) => {
        sketch!($ours)
            .unwrap()
            .difference(&sketch!($theirs).unwrap())
    };
}

#[derive(Clone, Debug, Serialize)]
struct Settings {
    names: HashSet<String>,
    weight: f64,
}

#[derive(Clone, Debug, Serialize)]
struct Ordered {
    names: Vec<String>,
}

fn names(count: usize) -> Vec<String> {
    (0..count).map(|i| format!("name {i}")).collect()
}

#[test]
fn hash_tables_are_equal_in_any_order() {
    let set = || names(50).into_iter().collect::<HashSet<_>>();
    let map = || {
        let pairs = names(50).into_iter().map(|name| (name, 0.5));
        pairs.collect::<HashMap<_, _>>()
    };
    assert_eq!(difference!(set(), set()), None);
    assert_eq!(difference!(map(), map()), None);
    assert_eq!(difference!(&map(), &map()), None);
    let settings = || Settings {
        names: set(),
        weight: 0.5,
    };
    assert_eq!(difference!(settings(), settings()), None);
    assert_eq!(difference!(vec![settings()], vec![settings()]), None);
    let heavier = Settings {
        weight: 0.25,
        ..settings()
    };
    assert_eq!(difference!(settings(), heavier), Some(Difference::Value));
    let fewer: HashSet<String> = names(49).into_iter().collect();
    assert_eq!(difference!(set(), fewer), Some(Difference::Length(50, 49)));
    let mut other = map();
    other.insert("name 7".to_owned(), 0.75);
    assert_eq!(difference!(map(), other), Some(Difference::Value));
}

#[test]
fn the_order_of_a_list_counts_also_inside_of_a_struct() {
    let turned: Vec<String> = names(20).into_iter().rev().collect();
    assert_eq!(
        difference!(names(20), turned.clone()),
        Some(Difference::Elements(0..1))
    );
    let inside = |names| Ordered { names };
    assert_eq!(
        difference!(inside(names(20)), inside(turned)),
        Some(Difference::Value)
    );
}

#[test]
fn what_changes_by_itself_is_not_compared() {
    assert_eq!(sketch!(Mutex::new(3)), None);
    assert_eq!(sketch!(vec![AtomicU64::new(3)]), None);
    assert_eq!(difference!(Instant::now(), Instant::now()), None);
}

#[test]
fn a_hasher_of_its_own_random_seed_is_seen() {
    assert!(difference!(RandomState::new(), RandomState::new()).is_some());
    let same = RandomState::new();
    assert_eq!(difference!(same.clone(), same), None);
}

#[test]
fn what_a_generic_function_knows_nothing_of_is_not_compared() {
    fn generic<T>(value: T) -> Option<Sketch> {
        sketch!(value)
    }
    assert_eq!(generic(3), None);
}

#[test]
fn a_field_of_a_packed_struct_is_left_out() {
    #[repr(C, packed)]
    struct Packed {
        small: u8,
        large: u64,
    }
    let packed = [Packed { small: 1, large: 2 }, Packed { small: 1, large: 2 }];
    let told = Captures::told(true, |captures| {
        capture!(captures, "a", raw packed[0].large);
        capture!(captures, "b", raw packed[1].small);
    });
    let told = told.captured();
    assert!(told.iter().any(|captured| captured.sketch.is_none()));
    assert!(told.last().unwrap().sketch.is_some());
}

#[test]
fn a_type_whose_code_panics_is_not_compared() {
    struct Bad;
    impl Serialize for Bad {
        fn serialize<S: serde::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
            panic!("never serialise this")
        }
    }
    assert_eq!(sketch!(Bad), None);
}

#[test]
fn large_values_are_sampled_and_still_tell() {
    let numbers = vec![1.5_f64; 3_000_000];
    let other: Vec<f64> = numbers.iter().map(|x| x + 0.5).collect();
    assert_eq!(difference!(&numbers, &numbers), None);
    assert_eq!(
        difference!(&numbers, &other),
        Some(Difference::Elements(0..187_500))
    );
    let tree: BTreeMap<u32, Vec<f64>> = (0..10_000).map(|i| (i, vec![0.5; 9])).collect();
    assert_eq!(difference!(&tree, &tree), None);
    let rows: Vec<Vec<f64>> = vec![vec![0.5; 100]; 10_000];
    let mut longer = rows.clone();
    longer.push(Vec::new());
    assert_eq!(
        difference!(&rows, &longer),
        Some(Difference::Length(10_000, 10_001))
    );
}

#[test]
fn what_has_only_a_text_is_seen_by_it() {
    #[derive(Debug)]
    struct Row(#[allow(dead_code, reason = "printed")] f64);
    assert_eq!(difference!(vec![Row(1.0)], vec![Row(1.0)]), None);
    assert_eq!(
        difference!(vec![Row(1.0)], vec![Row(2.0)]),
        Some(Difference::Elements(0..1))
    );
    let map = |x| HashMap::from([(1, Row(1.0)), (2, Row(x))]);
    assert_eq!(difference!(map(2.0), map(2.0)), None);
    assert_eq!(difference!(map(2.0), map(3.0)), Some(Difference::Value));
}

#[test]
fn the_order_of_a_list_counts_beside_a_set_too() {
    #[derive(Debug)]
    #[allow(dead_code, reason = "printed")]
    struct Printed(Vec<String>, HashSet<String>);
    #[derive(Serialize)]
    struct Sent(Vec<String>, HashSet<String>);
    let set = || names(50).into_iter().collect::<HashSet<_>>();
    let turned = || names(50).into_iter().rev().collect::<Vec<_>>();
    let printed = |list| Printed(list, set());
    assert_eq!(difference!(printed(names(50)), printed(names(50))), None);
    assert!(difference!(printed(names(50)), printed(turned())).is_some());
    let by_serde = |list| Sent(list, set());
    assert_eq!(difference!(by_serde(names(50)), by_serde(names(50))), None);
    assert!(difference!(by_serde(names(50)), by_serde(turned())).is_some());
}

#[test]
fn addresses_and_moments_are_not_compared_wherever_they_stand() {
    #[derive(Clone, Debug, Hash)]
    struct Job {
        run: fn(&str) -> String,
    }
    let job = |run| Job { run };
    let (one, other) = (job(str::to_owned), job(str::to_uppercase));
    assert_eq!(sketch!(one.clone()), None);
    assert_eq!(difference!(vec![one.clone()], vec![other.clone()]), None);
    let table = |job: &Job| HashMap::from([("a", job.run)]);
    assert_eq!(difference!(table(&one), table(&other)), None);
    let moment = || HashMap::from([("a", Instant::now())]);
    assert_eq!(difference!(moment(), moment()), None);
    assert_eq!(
        difference!([(Instant::now(), 1)], [(Instant::now(), 1)]),
        None
    );
}

#[test]
fn what_has_no_size_is_not_compared() {
    struct Tail<T: ?Sized> {
        rows: T,
    }
    let tail: &Tail<[u64]> = &Tail { rows: [1_u64, 2] };
    let told = Captures::told(true, |captures| {
        capture!(captures, "rows", raw tail.rows);
    });
    assert_eq!(told.captured()[0].sketch, None);
}

proptest! {
    /// The place that is named is the first that differs, or contains it.
    #[test]
    fn the_first_difference_is_in_the_elements_that_are_named(
        list in proptest::collection::vec(any::<u32>(), 1..400),
        at: prop::sample::Index,
        change in 1..u32::MAX,
    ) {
        let mut other = list.clone();
        let at = at.index(list.len());
        other[at] = other[at].wrapping_add(change);
        let texts = |list: &[u32]| list.iter().map(u32::to_string).collect::<Vec<_>>();
        for difference in [difference!(&list, &other), difference!(texts(&list), texts(&other))] {
            let Some(Difference::Elements(range)) = difference else {
                return Err(TestCaseError::fail(format!("{difference:?}")));
            };
            prop_assert!(range.contains(&(at as u64)), "{range:?} has not {at}");
        }
        prop_assert_eq!(difference!(&list, &list), None);
    }
}

/// Counts how often it is printed.
#[derive(Hash)]
struct Printed(u64);

static PRINTED: AtomicU64 = AtomicU64::new(0);

impl std::fmt::Debug for Printed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        PRINTED.fetch_add(1, Ordering::Relaxed);
        write!(f, "{}", self.0)
    }
}

#[test]
fn of_a_long_list_few_elements_are_printed() {
    let list = || (0..100_000).map(Printed).collect::<Vec<_>>();
    let (one, other) = (list(), list());
    assert_eq!(difference!(&one, &other), None);
    assert_eq!(difference!(one.as_slice(), other.as_slice()), None);
    let mut changed = list();
    changed.swap(0, 99_999);
    assert!(difference!(&one, &changed).is_some());
    assert!(PRINTED.load(Ordering::Relaxed) <= 6 * 16);
    let table = || {
        (0..20_000)
            .map(|i| (i, Printed(i)))
            .collect::<HashMap<_, _>>()
    };
    assert_eq!(difference!(table(), table()), None);
    assert!(PRINTED.load(Ordering::Relaxed) <= 6 * 16);
}

#[derive(Clone, Debug, Hash)]
struct Call {
    name: &'static str,
    call: fn(u32) -> u32,
}

#[test]
fn lists_of_calls_are_equal_wherever_the_functions_lie() {
    let calls = |call: fn(u32) -> u32| vec![Call { name: "a", call }; 40];
    let (one, other) = (calls(u32::swap_bytes), calls(|x| x + 1));
    assert_eq!(difference!(&one, &other), None);
    assert_eq!(sketch!(one[0].clone()), None);
    assert_eq!(one[0].name, other[0].name);
    assert_eq!((one[0].call)(0), 0);
}

macro_rules! order {
    ($how:ident $value:expr) => {{
        let value = $value;
        let told = Captures::told(true, |captures| {
            ordered!(captures.$how, "value", value);
        });
        told.captured().pop().and_then(|captured| captured.sketch)
    }};
}

#[test]
fn the_order_of_a_hash_table_is_seen_where_it_is_asked_for() {
    let set = || names(50).into_iter().collect::<HashSet<_>>();
    let (one, other) = (order!(in_order set()), order!(in_order set()));
    assert_eq!(
        one.unwrap().difference(&other.unwrap()),
        Some(Difference::Order)
    );
    let same = set();
    assert_eq!(order!(in_order & same), order!(in_order same.clone()));
    let alone = || HashMap::from([("one", 0.5)]);
    assert_eq!(order!(in_order alone()), order!(in_order alone()));
    let seeded = || {
        let mut table = HashMap::with_hasher(foldhash::fast::FixedState::with_seed(7));
        table.extend(names(50).into_iter().map(|name| (name, 1)));
        table
    };
    assert!(order!(in_order seeded()).is_some());
    assert_eq!(order!(in_order seeded()), order!(in_order seeded()));
    let large = || (0..100_000_u32).collect::<HashSet<_>>();
    assert_ne!(order!(in_order large()), order!(in_order large()));
}

#[test]
fn what_is_no_hash_table_has_no_order() {
    fn generic<T>(value: T) -> Option<Sketch> {
        order!(in_order value)
    }
    let sorted: BTreeMap<String, u32> = names(50).into_iter().zip(0..).collect();
    assert_eq!(order!(in_order sorted), None);
    assert_eq!(order!(in_order names(50)), None);
    assert_eq!(order!(in_order vec![HashSet::from([1, 2])]), None);
    assert_eq!(generic(HashSet::from([1, 2])), None);
}

#[test]
fn sums_depend_on_the_order_of_floats_alone() {
    struct Weight(#[allow(dead_code, reason = "only its type counts")] f32);
    let counts = HashMap::from([("a", 1), ("b", 2)]);
    assert_eq!(order!(floats_in_order counts), None);
    let weights = HashMap::from([("a", 1.0), ("b", 2.0)]);
    assert!(order!(floats_in_order std::sync::Arc::new(weights)).is_some());
    let pairs = HashMap::from([("a", (1, Some(0.5_f32)))]);
    assert!(order!(floats_in_order pairs).is_some());
    // Of a type's fields its name tells nothing.
    let hidden = HashMap::from([("a", Weight(0.5))]);
    assert_eq!(order!(floats_in_order hidden), None);
}

#[test]
fn what_holds_nothing_is_seen_and_what_shows_nothing_is_not() {
    struct Opaque(#[expect(dead_code, reason = "only its size counts")] u64);
    let (number, start) = (3_u64, Instant::now());
    assert!(sketch!(|x: u64| x + 1).is_some());
    assert!(sketch!(names).is_some());
    assert!(sketch!(start).is_some());
    assert!(sketch!(move |x: u64| x + number).is_none());
    assert!(sketch!(Opaque(3)).is_none());
    // It depends on the process.
    let add: fn(u64) -> u64 = |x| x + 1;
    assert!(sketch!(add).is_none());
}
