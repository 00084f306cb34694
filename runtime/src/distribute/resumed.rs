//! Loops of programs that were stopped and started again: each equals the same loop as it is written, whatever ranks and
//! threads it had, and nothing that was finished runs twice.

use std::collections::BTreeMap;
use std::fs;
use std::panic::catch_unwind;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use proptest::prelude::*;

use super::{told, told_kept};
use crate::__private::capture;
use crate::base::thread_context::runs_once;
use crate::loop_parts::captures::Captures;
use crate::parallel_for;
use crate::process::environment::Environment;
use crate::process::world::run_with;
use crate::skipped;
use crate::transport::fabric::threads::Weather;

/// A folder that is gone with this value.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("parallel-for-resumed-{}-{number}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        // One of an earlier process with this number.
        let _ = fs::remove_dir_all(&folder);
        Self(folder)
    }

    /// The variables of a start that keeps what is finished here.
    fn environment(&self) -> Environment {
        Environment {
            checkpoint: Some(self.0.clone()),
            // A fuse burns.
            checkpoint_trust: true,
            ..Environment::default()
        }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Messages that take a moment.
fn weather(seed: u64) -> Weather {
    Weather {
        seed,
        longest: Duration::from_micros(200),
        far: Duration::ZERO,
    }
}

/// A start of a program.
struct Start<'a> {
    /// After so many iterations one panics.
    fuse: &'a AtomicU64,
    /// How many ran.
    ran: &'a AtomicU64,
}

impl Start<'_> {
    fn burn(&self) {
        // What each rank runs again for itself is no iteration of the loop.
        if !runs_once() {
            return;
        }
        let left = self.fuse.fetch_sub(1, Ordering::Relaxed);
        assert!(left != 1 && left < u64::MAX / 2, "the fuse is through");
        self.ran.fetch_add(1, Ordering::Relaxed);
    }
}

fn mixed(i: u64) -> u64 {
    i.wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29) % 1000
}

#[parallel_for]
fn lists(start: &Start<'_>, n: u64) -> (Vec<String>, BTreeMap<u64, u64>, f64) {
    let (mut texts, mut map, mut sum) = (Vec::new(), BTreeMap::new(), 0.0);
    for i in 0..n {
        start.burn();
        if !mixed(i).is_multiple_of(3) {
            texts.push(format!("{i} {}", mixed(i)));
        }
        map.insert(mixed(i) % 7, i);
        sum += f64::from(u32::try_from(mixed(i)).unwrap()) / 7.0;
    }
    (texts, map, sum)
}

#[parallel_for]
fn in_place(start: &Start<'_>, numbers: &mut [u64]) {
    for (i, x) in numbers.iter_mut().enumerate() {
        start.burn();
        *x = x.wrapping_mul(3) + mixed(i as u64);
    }
}

#[parallel_for]
fn search(start: &Start<'_>, numbers: &[u64], goal: u64) -> Result<Vec<u64>, String> {
    let mut before = Vec::new();
    for (i, x) in numbers.iter().enumerate() {
        start.burn();
        if *x == goal {
            return Err(format!("{goal} at {i}"));
        }
        before.push(x + 1);
    }
    Ok(before)
}

#[parallel_for(items = master)]
fn shipped(start: &Start<'_>, texts: &[String]) -> Vec<usize> {
    let mut lengths = Vec::new();
    for text in texts.iter().map(|text| format!("{text}!")) {
        start.burn();
        lengths.push(text.len() * 2);
    }
    lengths
}

#[parallel_for(schedule = round_robin)]
fn in_turn(start: &Start<'_>, n: u64) -> u64 {
    let mut sum = 0;
    for i in (0..n).filter(|i| i % 4 != 1) {
        start.burn();
        sum += mixed(i);
    }
    sum
}

#[parallel_for(threads = 1)]
fn by_one_thread(start: &Start<'_>, n: u64) -> Vec<u64> {
    let mut doubles = Vec::new();
    for i in 0..n {
        start.burn();
        doubles.push(i * 2);
    }
    doubles
}

#[parallel_for]
fn numbers(start: &Start<'_>, n: u64) -> Vec<u64> {
    let mut numbers = Vec::new();
    for i in 0..n {
        start.burn();
        std::thread::sleep(Duration::from_micros(50));
        numbers.push(mixed(i));
    }
    numbers
}

#[parallel_for]
fn scaled(numbers: &[String], factor: usize) -> Vec<usize> {
    let mut lengths = Vec::new();
    for number in numbers.iter().filter(|number| !number.is_empty()) {
        std::thread::sleep(Duration::from_micros(100));
        lengths.push(number.len() * factor);
    }
    lengths
}

/// The whole program, and all that comes of it on the master.
fn program(start: &Start<'_>, n: u64) -> String {
    let mut said = vec![format!("{:?}", lists(start, n))];
    let mut numbers: Vec<u64> = (0..n).map(mixed).collect();
    for _ in 0..3 {
        in_place(start, &mut numbers);
    }
    let goal = numbers.last().copied().unwrap_or(0);
    said.push(format!("{:?}", search(start, &numbers, goal)));
    said.push(format!("{:?}", search(start, &numbers, u64::MAX)));
    let lengths = (0..n).map(|i| usize::try_from(mixed(i) % 9).unwrap());
    let texts: Vec<String> = lengths.map(|length| "x".repeat(length)).collect();
    said.push(format!("{:?}", shipped(start, &texts)));
    said.push(in_turn(start, n).to_string());
    said.push(format!("{:?}", by_one_thread(start, n)));
    said.concat()
}

/// What comes of the program on the master, unless it is stopped.
fn run(
    folder: &Folder,
    (ranks, threads, seed): (usize, usize, u64),
    start: &Start<'_>,
    n: u64,
) -> Option<String> {
    let environment = folder.environment();
    let weather = weather(seed);
    let results = run_with(&environment, ranks, threads, weather, || program(start, n));
    results.into_iter().next()?.ok()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(25))]

    #[test]
    fn a_stopped_program_goes_on_with_other_ranks_and_threads(
        n in 0..120_u64,
        starts in proptest::collection::vec((1..4_usize, 1..3_usize, 1..300_u64), 1..5),
        seed: u64,
    ) {
        let (never, ran) = (AtomicU64::new(1 << 40), AtomicU64::new(0));
        let whole = Start { fuse: &never, ran: &ran };
        let plain = Folder::new();
        let expected = run(&plain, (1, 1, seed), &whole, n).expect("nothing stops it");
        let folder = Folder::new();
        for (ranks, threads, fuse) in starts {
            let fuse = AtomicU64::new(fuse);
            let start = Start { fuse: &fuse, ran: &ran };
            if let Some(said) = run(&folder, (ranks, threads, seed), &start, n) {
                prop_assert_eq!(&said, &expected);
            }
        }
        prop_assert_eq!(run(&folder, (2, 2, seed), &whole, n), Some(expected));
    }
}

#[test]
fn what_is_finished_does_not_run_again() {
    let (n, folder) = (2000, Folder::new());
    let (fuse, first) = (AtomicU64::new(1 << 40), AtomicU64::new(0));
    let environment = folder.environment();
    let run = |fuse: &AtomicU64, ran: &AtomicU64| {
        let start = Start { fuse, ran };
        let weather = weather(1);
        run_with(&environment, 2, 2, weather, || numbers(&start, n)).remove(0)
    };
    fuse.store(1500, Ordering::Relaxed);
    assert!(run(&fuse, &first).is_err());
    let (whole, again) = (AtomicU64::new(1 << 40), AtomicU64::new(0));
    let expected: Vec<u64> = (0..n).map(mixed).collect();
    assert_eq!(run(&whole, &again).unwrap(), expected);
    let (first, again) = (first.into_inner(), again.into_inner());
    assert!(again < n, "{first} iterations ran, and then {again} of {n}");
    let third = AtomicU64::new(0);
    assert_eq!(run(&whole, &third).unwrap(), expected);
    assert!(
        third.into_inner() < n / 10,
        "a loop that is over runs again"
    );
}

/// A cause of panics that can be mended, and how many iterations ran.
struct Cause {
    mended: AtomicBool,
    ran: AtomicU64,
}

impl Cause {
    fn strike(&self, i: u64) {
        self.ran.fetch_add(1, Ordering::Relaxed);
        let mended = self.mended.load(Ordering::Relaxed);
        assert!(i % 10 != 3 || mended, "no luck with {i}");
    }
}

#[parallel_for(on_error = skip)]
fn most(cause: &Cause, n: u64) -> (Vec<u64>, u64) {
    let (mut values, mut sum) = (Vec::new(), 0);
    for i in 0..n {
        values.push(mixed(i));
        sum += i;
        cause.strike(i);
    }
    (values, sum)
}

#[test]
fn what_was_left_out_runs_again_and_nothing_else_does() {
    let n = 100;
    for (size, threads) in [(1, 1), (1, 2), (3, 2)] {
        let folder = Folder::new();
        let cause = Cause {
            mended: AtomicBool::new(false),
            ran: AtomicU64::new(0),
        };
        // Whoever starts it next has other ranks.
        let start = |size| {
            let environment = folder.environment();
            let run = || (most(&cause, n), skipped().len());
            let made = run_with(&environment, size, threads, weather(2), run).remove(0);
            (made.unwrap(), cause.ran.swap(0, Ordering::Relaxed))
        };
        let of = |kept: fn(u64) -> bool| {
            let kept: Vec<u64> = (0..n).filter(|&i| kept(i)).collect();
            let values: Vec<u64> = kept.iter().map(|&i| mixed(i)).collect();
            (values, kept.iter().sum::<u64>())
        };
        let (some, all) = (of(|i| i % 10 != 3), of(|_| true));
        assert_eq!(start(size), ((some.clone(), 10), n));
        assert_eq!(start(size % 3 + 1), ((some, 10), 10));
        cause.mended.store(true, Ordering::Relaxed);
        assert_eq!(start(size), ((all.clone(), 0), 10));
        assert_eq!(start(2), ((all, 0), 0));
    }
}

#[test]
fn other_items_and_variables_are_refused() {
    let folder = Folder::new();
    let environment = folder.environment();
    let run = |numbers: &[String], factor| {
        let weather = weather(1);
        let results = run_with(&environment, 2, 1, weather, || scaled(numbers, factor));
        results.into_iter().next().unwrap().map_err(|payload| {
            let words = payload.downcast::<String>();
            words.map_or_else(|_| "no words".to_owned(), |words| *words)
        })
    };
    let numbers: Vec<String> = (0..200).map(|i| i.to_string()).collect();
    let expected: Vec<usize> = numbers.iter().map(|number| number.len() * 3).collect();
    assert_eq!(run(&numbers, 3).unwrap(), expected);
    let words = run(&numbers, 4).unwrap_err();
    assert!(words.contains("`factor`, which the loop at"), "{words}");
    let mut others = numbers.clone();
    others[77] = "another".to_owned();
    let words = run(&others, 3).unwrap_err();
    let named = words.contains("has another item in") || words.contains("`numbers`");
    assert!(named, "{words}");
    assert_eq!(run(&numbers, 3).unwrap(), expected);
}

#[test]
fn a_folder_is_for_one_job() {
    let folder = Folder::new();
    let environment = folder.environment();
    let start = || {
        let weather = Weather {
            seed: 1,
            longest: Duration::ZERO,
            far: Duration::ZERO,
        };
        run_with(&environment, 1, 1, weather, || {
            let nested = catch_unwind(|| run_with(&environment, 1, 1, weather, || ()));
            nested
                .map_err(|_| "refused")
                .map(|results| results.into_iter().all(|it| it.is_ok()))
        })
    };
    let result = start().remove(0).unwrap();
    assert_ne!(result, Ok(true), "two jobs have one journal");
}

#[test]
fn variables_are_looked_at_where_somebody_compares_them() {
    let x = 3;
    let looked_at = |environment: &Environment, kept: bool| {
        let program = || {
            let tell = |captures: &mut Captures| capture!(captures, "x", x);
            let told = if kept { told_kept(tell) } else { told(tell) };
            told.captured().len()
        };
        run_with(environment, 1, 1, weather(1), program)
            .remove(0)
            .unwrap()
    };
    let (folder, usual) = (Folder::new(), Environment::default());
    assert_eq!(looked_at(&usual, false), 0);
    assert_eq!(looked_at(&usual, true), 1);
    assert_eq!(looked_at(&folder.environment(), false), 1);
}
