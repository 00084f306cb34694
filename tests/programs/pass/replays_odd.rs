//! Statements in the order of the items, in odd places: behind references, in closures, of slices, with values that borrow.

#![allow(
    clippy::pedantic,
    clippy::unwrap_or_default,
    reason = "the functions are written as users write them"
)]

use parallel_for::parallel_for;
use parallel_for_tests::show;
use std::collections::HashMap;
struct Holder {
    table: Vec<u64>,
    names: HashMap<String, Vec<u32>>,
    grid: [[u32; 3]; 3],
}
impl Holder {
    fn table_mut(&mut self) -> &mut Vec<u64> {
        &mut self.table
    }
    #[parallel_for]
    fn fill(&mut self, n: usize) {
        let out = self.table_mut();
        for i in 0..n {
            out[i * 7 % 10] = i as u64;
        }
    }
    #[parallel_for]
    fn named(&mut self, texts: &[String]) -> Option<String> {
        let mut longest: Option<&String> = None;
        let mut best = None;
        for (i, text) in texts.iter().enumerate() {
            self.names
                .entry(text.to_lowercase())
                .or_insert_with(Vec::new)
                .push(i as u32);
            self.grid[i % 3][text.len() % 3] += 1;
            let length = text.len();
            if best.as_ref().is_none_or(|(known, _)| *known < length) {
                best = Some((length, text.clone()));
            }
        }
        let _ = longest.take();
        best.map(|(_, text)| text)
    }
}
#[parallel_for]
fn inner(rows: &[Vec<usize>]) -> Vec<u32> {
    let mut hist = vec![0; 8];
    for row in rows {
        row.iter().for_each(|x| hist[*x % 8] += 1);
    }
    hist
}
#[parallel_for]
fn slices(n: usize) -> Vec<u8> {
    let mut data = vec![0; n * 4];
    let value = [1, 2, 3, 4];
    for i in 0..n {
        data[i * 4..][..4].copy_from_slice(&value);
        data[i * 4..i * 4 + 1].fill(i as u8);
    }
    data
}
#[parallel_for]
fn borrowed(xs: &[(f64, String)]) -> (f64, String) {
    let mut best = (f64::MAX, String::new());
    for x in xs {
        if x.0 < best.0 {
            best = x.clone();
        }
    }
    best
}
#[parallel_for]
fn closest(points: &[[f64; 2]], to: [f64; 2]) -> usize {
    let mut best = f64::MAX;
    let mut at = usize::MAX;
    for (i, p) in points.iter().enumerate() {
        let d = (p[0] - to[0]).powi(2) + (p[1] - to[1]).powi(2);
        if i == 0 || d < best {
            (best, at) = (d, i);
        }
    }
    at
}
#[parallel_for]
fn counted(xs: &[u32]) -> (u32, u32, usize) {
    let (mut min, mut max, mut n) = (u32::MAX, 0, 0);
    for &x in xs {
        if x < min {
            min = x;
        } else if x > max {
            max = x;
        }
        n += 1;
    }
    (min, max, n)
}
/// It has `+`, and no `+=`.
#[derive(Clone, Copy, Debug, serde::Serialize, serde::Deserialize)]
struct Y(f64);
impl std::ops::Add for Y {
    type Output = Y;
    fn add(self, other: Y) -> Y {
        Y(self.0 * 0.5 + other.0)
    }
}
/// The same, and it moves.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
struct Digits(Vec<u8>);
impl std::ops::Mul<u8> for Digits {
    type Output = Digits;
    fn mul(mut self, other: u8) -> Digits {
        self.0.push(other.min(2));
        self
    }
}
#[parallel_for]
fn added(xs: &[u8]) -> (Y, Digits) {
    let mut sum = Y(0.0);
    let mut digits = Digits(vec![7]);
    for &x in xs {
        sum = sum + Y(f64::from(x));
        if x > 2 {
            digits = digits * x;
        }
    }
    (sum, digits)
}
type Groups = HashMap<String, (u32, f64)>;

/// One entry, or one row, by a name of its own.
#[parallel_for]
fn grouped(words: &[&str], rows: &mut [[f64; 2]]) -> (Groups, [Vec<u32>; 2]) {
    let mut groups = HashMap::new();
    let mut kept = [vec![], vec![]];
    for (i, word) in words.iter().enumerate() {
        let entry = groups.entry(word.to_lowercase()).or_insert((0, 0.0));
        entry.0 += 1;
        entry.1 += word.len() as f64 / 3.0;
        let slot = word.len() % 2;
        let list = &mut kept[slot];
        list.push(i as u32);
        let row = &mut rows[slot];
        row[i % 2] += 0.5;
        row[0] *= 1.5;
    }
    (groups, kept)
}
/// The item has the name of what it is a part of.
#[parallel_for]
fn doubled(h: &mut Holder) {
    for h in h.table.iter_mut() {
        *h *= 2;
    }
}
struct Sink(Vec<u32>);

impl Sink {
    fn put(&mut self, value: u32) -> Result<(), String> {
        if self.0.len() == 5 {
            return Err(format!("full at {value}"));
        }
        self.0.push(value);
        Ok(())
    }
}

/// Of a type that a macro passes on.
macro_rules! filled {
    ($name:ident: $sink:ty) => {
        #[parallel_for]
        fn $name(sink: $sink, n: u32) -> Result<(), String> {
            for i in 0..n {
                sink.put(i * i)?;
            }
            Ok(())
        }
    };
}

filled!(filled: &mut Sink);

pub(crate) fn main() {
    let mut report: Vec<String> = Vec::new();
    let mut h = Holder {
        table: vec![0; 10],
        names: HashMap::new(),
        grid: [[0; 3]; 3],
    };
    h.fill(100);
    report.push(format!("{:?}", h.table));
    let texts: Vec<String> = ["A", "bb", "a", "ccc", "BB"].map(String::from).into();
    report.push(format!(
        "{:?} {:?} {:?}",
        h.named(&texts),
        h.grid,
        h.names["bb"]
    ));
    report.push(format!("{:?}", inner(&[vec![1, 2], vec![9, 1]])));
    report.push(format!("{:?}", slices(3)));
    report.push(format!(
        "{:?}",
        borrowed(&[(2.0, "x".into()), (1.0, "y".into())])
    ));
    report.push(format!(
        "{:?} {:?}",
        closest(&[[1.0, 2.0], [0.0, 0.5]], [0.0, 0.0]),
        counted(&[5, 1, 9, 3])
    ));
    report.push(format!("{:?}", added(&[5, 1, 9, 3])));
    let mut rows = [[1.0, 2.0], [3.0, 4.0]];
    let (groups, kept) = grouped(&["a", "bc", "A", "bC", "def"], &mut rows);
    report.push(format!(
        "{:?} {:?} {:?} {:?} {:?}",
        groups["a"], groups["bc"], groups["def"], kept, rows
    ));
    doubled(&mut h);
    report.push(format!("{:?}", h.table));
    let mut sink = Sink(Vec::new());
    report.push(format!("{:?} {:?}", filled(&mut sink, 9), sink.0));
    show(&report);
}
