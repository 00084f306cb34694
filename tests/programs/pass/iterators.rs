//! Anything that can be iterated over: with random access or without, of known length or not.

use std::collections::{BTreeMap, BTreeSet, LinkedList, VecDeque};
use std::fmt::{Debug, Write as _};

use parallel_for::parallel_for;

#[parallel_for]
fn collect<I>(name: &str, items: I) -> String
where
    I: IntoIterator<Item: Debug, IntoIter: Send>,
{
    let mut text = format!("{name}:");
    for item in items {
        write!(text, " {item:?}").unwrap();
    }
    text
}

#[parallel_for]
fn slices(words: &[String]) -> Vec<usize> {
    let mut lengths = Vec::new();
    for word in words {
        lengths.push(word.len());
    }
    lengths
}

#[parallel_for]
fn enumerated(words: &[String]) -> Vec<(usize, String)> {
    let mut results = Vec::new();
    for (i, word) in words.iter().enumerate() {
        results.push((i, word.to_uppercase()));
    }
    results
}

#[parallel_for]
fn chunked(words: &[String]) -> Vec<String> {
    let mut results = Vec::new();
    for chunk in words.chunks(3) {
        results.push(chunk.concat());
    }
    results
}

/// Words that are taken out of where they were.
#[derive(Debug)]
struct Queue {
    waiting: Vec<String>,
    done: Vec<usize>,
    longest: usize,
}

impl Queue {
    #[parallel_for]
    fn run(&mut self) {
        for word in std::mem::take(&mut self.waiting) {
            if word.len() < self.longest {
                self.done.push(word.len());
            }
        }
    }

    #[parallel_for]
    fn run_to(&mut self, end: &str) -> Result<usize, String> {
        let before = self.done.len();
        let waiting = std::mem::replace(&mut self.waiting, vec!["again".to_owned()]);
        self.waiting.extend(waiting);
        for (i, word) in std::mem::take(&mut self.waiting)
            .into_iter()
            .enumerate()
            .skip(1)
        {
            if word == end {
                return Err(word + &i.to_string());
            }
            self.done.push(i + word.len());
        }
        Ok(before)
    }
}

/// Neither `Clone` nor serde.
struct Job(u64);

#[parallel_for]
fn taken(mut jobs: Vec<Job>) -> (Vec<u64>, usize) {
    let mut results = Vec::new();
    for Job(seed) in std::mem::take(&mut jobs) {
        results.push(seed * seed);
    }
    (results, jobs.len())
}

#[parallel_for]
pub(crate) fn main() {
    let words: Vec<String> = (0..40).map(|n| format!("w{}", n * n)).collect();
    let text = words.join("\n");
    let reports = [
        collect("range", 0..20),
        collect("inclusive", -5..=5_i64),
        collect("inclusive to the end", 250..=u8::MAX),
        collect("characters", 'a'..='k'),
        collect("reversed", (0..9).rev()),
        collect("steps", (0..100).step_by(7)),
        collect("empty", 0..0),
        collect("empty backwards", std::ops::Range { start: 5, end: 2 }),
        collect("one", [42]),
        collect("owned", words.clone()),
        collect("slice", &words),
        collect("zip", words.iter().zip(10..30)),
        collect("lines", text.lines()),
        collect("chars", "häß😀lich".chars()),
        collect("windows", words.windows(2).skip(30)),
        collect("filter", (0..200).filter(|n| n % 13 == 5)),
        collect("map", (0..20).map(|n| n * n)),
        collect("flat_map", (0..6).flat_map(|n| 0..n)),
        collect(
            "successors",
            std::iter::successors(Some(1_u64), |n| n.checked_mul(9)),
        ),
        collect("deque", VecDeque::from([1, 2, 3])),
        collect("list", LinkedList::from([1, 2, 3])),
        collect("tree set", BTreeSet::from([3, 1, 2])),
        collect("tree map", BTreeMap::from([(2, 'b'), (1, 'a')])),
        collect("option", Some(1)),
        collect(
            "boxed",
            Box::new(0..3_u8) as Box<dyn Iterator<Item = u8> + Send>,
        ),
    ];
    let mut queue = Queue {
        waiting: words.clone(),
        done: Vec::new(),
        longest: 4,
    };
    queue.run();
    let mut queues = vec![format!("{queue:?}")];
    for end in ["w49", "none"] {
        queue.waiting.extend_from_slice(&words[..12]);
        let ran = queue.run_to(end);
        queues.push(format!("{ran:?} {queue:?}"));
    }
    let taken = taken((0..30).map(Job).collect());
    let mut lines = Vec::new();
    #[parallel_for]
    for report in &reports {
        lines.push(report.to_owned());
    }
    println!("{}", lines.join("\n"));
    println!("{:?}", slices(&words));
    println!("{:?}", enumerated(&words));
    println!("{:?}", chunked(&words));
    println!("{queues:?} {taken:?}");
}
