//! Whole loops on the threads of each rank: of types that can't travel, and on ranks that do different things.

#![allow(
    clippy::pedantic,
    reason = "the functions are written as users write them"
)]

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

use proptest::prelude::*;

use super::tests::{on_ranks, weather};
use crate::parallel_for;
use crate::process::environment::Environment;
use crate::process::world::run_with;

/// Without serde, and it borrows.
#[derive(Clone, Debug, PartialEq)]
struct Word<'a> {
    text: &'a str,
    at: usize,
}

fn words(n: usize) -> Vec<String> {
    (0..n).map(|i| format!("{}-{i}", i * 7 % 13)).collect()
}

/// Everything that loops leave behind, of values that borrow.
#[derive(Debug, Default, PartialEq)]
struct Found<'a> {
    words: Vec<Word<'a>>,
    texts: BTreeMap<&'a str, usize>,
    kinds: BTreeSet<&'a str>,
    longest: &'a str,
    last: Option<Word<'a>>,
    count: usize,
    total: f64,
}

/// A function that is distributed by these options, and what it is without.
macro_rules! twins {
    ($sequential:ident, $local:ident, $($function:tt)+) => {
        fn $sequential $($function)+
        #[parallel_for(local)]
        fn $local $($function)+
    };
}

twins! { find, find_locally, <'a>(texts: &'a [String], found: &mut Found<'a>) {
    for (at, text) in texts.iter().enumerate() {
        found.words.push(Word { text, at });
        found.texts.insert(text, at);
        found.kinds.insert(text.split('-').next().unwrap());
        found.longest = found.longest.max(text);
        if at % 5 == 1 {
            found.last = Some(Word { text, at });
        }
        found.count += 1;
        found.total += at as f64 * 0.1;
    }
} }

twins! { rename, rename_locally, <'a>(words: &mut [Word<'a>], texts: &'a [String]) {
    for (word, text) in words.iter_mut().zip(texts) {
        *word = Word { text, at: word.at + 1 };
    }
} }

twins! { place, place_locally, <'a>(places: &mut [Option<Word<'a>>], texts: &'a [String]) {
    for at in 0..texts.len() {
        if at % 3 != 0 {
            places[at] = Some(Word { text: &texts[at], at });
        }
    }
} }

twins! { until, until_locally, <'a>(texts: &'a [String], end: &str) -> Result<Vec<&'a str>, &'a str> {
    let mut before = Vec::new();
    for text in texts {
        if text.starts_with(end) {
            return Err(text);
        }
        if text.is_empty() {
            break;
        }
        before.push(text.as_str());
    }
    Ok(before)
} }

twins! { kept, kept_locally, <T: Send>(items: Vec<T>, keep: impl Fn(&T) -> bool + Sync) -> Vec<T> {
    let mut kept = Vec::new();
    for item in items {
        if keep(&item) {
            kept.push(item);
        }
    }
    kept
} }

fn all_of_it(texts: &[String], end: &str) -> String {
    let mut found = Found::default();
    find_locally(texts, &mut found);
    let mut renamed: Vec<Word<'_>> = texts.iter().map(|text| Word { text, at: 3 }).collect();
    renamed.reverse();
    rename_locally(&mut renamed, texts);
    let mut places: Vec<Option<Word<'_>>> = texts.iter().map(|_| None).collect();
    place_locally(&mut places, texts);
    let kept = kept_locally(texts.iter().collect(), |text| text.len() > 3);
    let before = until_locally(texts, end);
    format!("{found:?} {renamed:?} {places:?} {kept:?} {before:?}")
}

fn all_of_it_sequentially(texts: &[String], end: &str) -> String {
    let mut found = Found::default();
    find(texts, &mut found);
    let mut renamed: Vec<Word<'_>> = texts.iter().map(|text| Word { text, at: 3 }).collect();
    renamed.reverse();
    rename(&mut renamed, texts);
    let mut places: Vec<Option<Word<'_>>> = texts.iter().map(|_| None).collect();
    place(&mut places, texts);
    let kept = kept(texts.iter().collect(), |text| text.len() > 3);
    let before = until(texts, end);
    format!("{found:?} {renamed:?} {places:?} {kept:?} {before:?}")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn every_rank_has_the_sequential_result(
        n in 0..300_usize,
        end in 0..15_usize,
        size in 1..4_usize,
        threads in 1..4_usize,
        seed: u64,
    ) {
        let (texts, end) = (words(n), format!("{end}-"));
        let expected = all_of_it_sequentially(&texts, &end);
        for result in on_ranks(size, threads, seed, || all_of_it(&texts, &end)) {
            prop_assert_eq!(&result, &expected);
        }
    }
}

#[test]
fn ranks_need_not_run_the_same_loops() {
    let results = on_ranks(3, 2, 1, || {
        let rank = crate::rank();
        let rounds =
            (0..rank).map(|round| kept_locally((0..100 * rank).collect(), |x| x % 7 == round));
        let rounds: Vec<Vec<usize>> = rounds.collect();
        (rounds, shared(10))
    });
    for (rank, (rounds, all)) in results.into_iter().enumerate() {
        assert_eq!(rounds.len(), rank);
        assert!(
            rounds
                .iter()
                .enumerate()
                .all(|(round, kept)| kept.iter().all(|x| x % 7 == round))
        );
        assert_eq!(all, shared(10));
    }
}

/// On all ranks.
#[parallel_for]
fn shared(n: usize) -> Vec<usize> {
    let mut shared = Vec::new();
    for i in 0..n {
        shared.push(i * i);
    }
    shared
}

#[test]
fn loops_in_loops_run_sequentially() {
    #[parallel_for]
    fn outer(n: usize) -> Vec<usize> {
        let mut sums = Vec::new();
        for i in 0..n {
            sums.push(kept_locally((0..i).collect(), |x| x % 2 == 0).len());
        }
        sums
    }
    #[parallel_for(local)]
    fn outer_locally(n: usize) -> Vec<usize> {
        let mut sums = Vec::new();
        for i in 0..n {
            sums.push(shared(i).into_iter().filter(|x| x % 2 == 0).count());
        }
        sums
    }
    let expected: Vec<usize> = (0..50_usize).map(|i| i.div_ceil(2)).collect();
    for (sums, locally) in on_ranks(3, 2, 5, || (outer(50), outer_locally(50))) {
        assert_eq!((&sums, &locally), (&expected, &expected));
    }
}

#[test]
fn one_thread_may_share_nothing() {
    #[parallel_for(local, threads = 1)]
    fn lengths<'a>(texts: &'a [String], by: &Rc<usize>) -> Option<Vec<(&'a str, usize)>> {
        let mut lengths = Vec::new();
        for text in texts {
            lengths.push((text.as_str(), text.len() * **by));
            if lengths_are_over(text) {
                return None;
            }
        }
        Some(lengths)
    }
    fn lengths_are_over(text: &str) -> bool {
        text.starts_with("never")
    }
    let texts = words(40);
    for ok in on_ranks(2, 2, 3, || {
        let lengths = lengths(&texts, &Rc::new(3)).unwrap();
        lengths
            .iter()
            .map(|(text, _)| *text)
            .eq(texts.iter().map(String::as_str))
            && lengths
                .iter()
                .all(|(text, length)| *length == 3 * text.len())
    }) {
        assert!(ok);
    }
}

#[test]
fn a_panic_has_its_iteration_on_each_rank() {
    let results = on_ranks(3, 2, 9, || {
        let own = crate::rank() * 10;
        let panic = catch_unwind(AssertUnwindSafe(|| {
            kept_locally((0..100).collect(), |x: &usize| {
                assert!(x % 40 != own, "no {x}");
                true
            })
        }));
        // The others are none the wiser.
        (*panic.unwrap_err().downcast::<String>().unwrap(), shared(4))
    });
    let texts: Vec<String> = results.into_iter().map(|(text, _)| text).collect();
    assert_eq!(texts, ["no 0", "no 10", "no 20"]);
}

#[test]
fn the_environment_keeps_all_loops() {
    fn alone() -> (Vec<usize>, HashMap<usize, usize>) {
        // These would have to be the same on all ranks.
        let n = 20 + crate::rank();
        #[parallel_for]
        fn squares(n: usize) -> (Vec<usize>, HashMap<usize, usize>) {
            let (mut squares, mut roots) = (Vec::new(), HashMap::new());
            for i in 0..n {
                squares.push(i * i);
                roots.insert(i * i, i);
            }
            (squares, roots)
        }
        squares(n)
    }
    #[parallel_for(items = master)]
    fn from_master(n: usize) -> Vec<usize> {
        let mut squares = Vec::new();
        let items: Vec<usize> = if crate::is_master() {
            (0..n).collect()
        } else {
            Vec::new()
        };
        for i in items {
            squares.push(i * i);
        }
        squares
    }
    let local = Environment {
        local: true,
        ..Environment::default()
    };
    let program = || {
        let mapped = crate::map(0..10_usize, |i| (i, crate::rank()));
        (alone(), from_master(30), mapped.len())
    };
    for (rank, result) in run_with(&local, 3, 2, weather(2), program)
        .into_iter()
        .enumerate()
    {
        let ((squares, roots), shipped, mapped) = result.unwrap();
        assert!(squares.iter().copied().eq((0..20 + rank).map(|i| i * i)));
        assert_eq!(roots.len(), 20 + rank);
        assert!(shipped.iter().copied().eq((0..30).map(|i| i * i)));
        assert_eq!(mapped, 10);
    }
}
