//! Collections of types that the function does not name, filled by their own methods in the order of the items.

#![allow(
    clippy::pedantic,
    reason = "the functions are written as users write them"
)]

use parallel_for::parallel_for;
use parallel_for_tests::show;
use std::cell::RefCell;
use std::collections::{BTreeMap, LinkedList};
use std::sync::Mutex;

/// Keeps the order of first insertion, as an index set does.
#[derive(Debug, Default)]
struct Ordered<T>(Vec<T>);

impl<T: PartialEq> Ordered<T> {
    fn insert(&mut self, value: T) -> bool {
        let is_new = !self.0.contains(&value);
        if is_new {
            self.0.push(value);
        }
        is_new
    }
}

/// Drops what is too much.
#[derive(Debug, Default)]
struct Few([u32; 5], usize);

impl Few {
    fn push(&mut self, value: u32) {
        if let Some(place) = self.0.get_mut(self.1) {
            *place = value;
            self.1 += 1;
        }
    }
}

/// Keys with values, in order of insertion.
#[derive(Debug, Default)]
struct Pairs<K, V>(Vec<(K, V)>);

impl<K: PartialEq, V> Pairs<K, V> {
    fn insert(&mut self, key: K, value: V) -> Option<V> {
        for (known, old) in &mut self.0 {
            if *known == key {
                return Some(std::mem::replace(old, value));
            }
        }
        self.0.push((key, value));
        None
    }
}

trait Sink {
    fn push(&mut self, value: u64);
}

impl Sink for Vec<u64> {
    fn push(&mut self, value: u64) {
        self.insert(0, value);
    }
}

impl Sink for Few {
    fn push(&mut self, value: u64) {
        Few::push(self, value as u32);
    }
}

fn made<T: Default>() -> T {
    T::default()
}

struct Grid {
    width: usize,
    exclusions: Ordered<(usize, usize)>,
    few: Few,
    plain: Vec<usize>,
    named: BTreeMap<usize, String>,
}

impl Grid {
    #[parallel_for]
    fn widen(&mut self, width: usize, height: usize) {
        for c in self.width..width {
            for r in 0..height {
                self.exclusions.insert((c * 7 % 5, r));
            }
        }
        self.width = width;
    }

    #[parallel_for]
    fn all(&mut self, n: usize) {
        for i in 0..n {
            self.exclusions.insert((i, i * i % 10));
            self.few.push(i as u32);
            self.plain.push(i);
            self.named.insert(i % 4, format!("{i}"));
        }
    }

    #[parallel_for]
    fn conditional(&mut self, n: usize) -> Result<usize, std::num::ParseIntError> {
        let mut pairs = pairs();
        for i in 0..n {
            let text = if i == 17 {
                "x".to_owned()
            } else {
                i.to_string()
            };
            let number: usize = text.parse()?;
            match number % 3 {
                0 => self.few.push(number as u32),
                1 => {
                    pairs.insert(number % 5, text);
                }
                _ => self.plain.push(number),
            }
        }
        Ok(pairs.0.len())
    }
}

fn pairs() -> Pairs<usize, String> {
    Pairs::default()
}

#[parallel_for]
fn guarded(cell: &RefCell<Vec<char>>, lock: &Mutex<Vec<String>>, text: &str) {
    let mut chars = cell.borrow_mut();
    let mut words = lock.lock().unwrap();
    chars.clear();
    for (i, c) in text.char_indices() {
        chars.push(c);
        if i % 3 == 0 {
            words.push(format!("{c}{i}"));
        }
    }
}

#[parallel_for]
fn listed(n: u32) -> (LinkedList<u32>, Few) {
    let mut list = made::<LinkedList<u32>>();
    let mut few = made::<Few>();
    for i in 0..n {
        if i % 3 > 0 {
            list.push_back(i);
        }
        few.push(i * 10);
    }
    (list, few)
}

impl Extend<u32> for Few {
    fn extend<I: IntoIterator<Item = u32>>(&mut self, values: I) {
        values.into_iter().for_each(|value| self.push(value + 1));
    }
}

struct Lists {
    few: Few,
    list: Vec<u32>,
    copied: Vec<u32>,
    text: String,
    table: BTreeMap<u32, u32>,
}

#[parallel_for]
fn extended(lists: &mut Lists, values: &[u32]) {
    for value in values {
        lists.few.extend(vec![*value; 2]);
        lists.list.extend((0..*value).map(|i| i * value));
        lists.copied.extend(values);
        lists.text.extend(["a", "b"]);
        lists.table.extend([(*value, 1), (7, *value)]);
    }
}

#[parallel_for]
fn behind(sink: &mut dyn Sink, n: u64) {
    for i in 0..n {
        sink.push(i * i);
    }
}

#[parallel_for]
fn generic<S: Sink>(sink: &mut S, n: u64) {
    for i in 0..n {
        sink.push(i + 1);
    }
}

/// Each with an option, and each left or filled in another way.
#[parallel_for]
fn options(n: usize) -> [Ordered<usize>; 6] {
    let mut found: [Ordered<usize>; 6] = Default::default();
    let [a, b, c, d, e, f] = &mut found;
    #[parallel_for(threads = 1)]
    for i in 0..n {
        a.insert(i % 7);
    }
    #[parallel_for(items = master)]
    for i in 0..n {
        if i == 11 {
            break;
        }
        b.insert(i * 3 % 20);
    }
    #[parallel_for(schedule = blocks)]
    for i in (0..n).rev() {
        (0..i).for_each(|j| {
            c.insert(i * j % 13);
        });
    }
    #[parallel_for(schedule = round_robin, local)]
    'items: for i in 0..n {
        for j in 0..4 {
            if i * j > 30 {
                break 'items;
            }
            d.insert(i + j);
        }
    }
    #[parallel_for(collapse)]
    for i in 0..n {
        for j in 0..3 {
            e.insert(i ^ j);
        }
    }
    #[parallel_for]
    for i in n..n {
        f.insert(i);
    }
    found
}

#[parallel_for(local)]
fn borrowed(texts: &[String]) -> Ordered<&str> {
    let mut seen = made::<Ordered<&str>>();
    for text in texts {
        seen.insert(text.trim());
    }
    seen
}

pub(crate) fn main() {
    let mut report = Vec::new();
    let mut grid = Grid {
        width: 1,
        exclusions: made(),
        few: made(),
        plain: vec![7],
        named: BTreeMap::new(),
    };
    grid.widen(9, 3);
    report.push(format!("grid {:?}", (&grid.exclusions, grid.width)));
    grid.all(30);
    report.push(format!(
        "all {:?}",
        (&grid.exclusions, &grid.few, &grid.plain, &grid.named)
    ));
    grid.few = made();
    report.push(format!("failed {:?}", grid.conditional(30)));
    report.push(format!("pairs {:?}", grid.conditional(16)));
    report.push(format!("left {:?}", (&grid.few, &grid.plain)));
    let (cell, lock) = (
        RefCell::new(vec!['z']),
        Mutex::new(vec!["first".to_owned()]),
    );
    guarded(&cell, &lock, "an output of another type");
    report.push(format!(
        "guarded {:?}",
        (cell.into_inner(), lock.into_inner().unwrap())
    ));
    let mut lists = Lists {
        few: made(),
        list: made(),
        copied: made(),
        text: made(),
        table: made(),
    };
    extended(&mut lists, &[3, 1, 2]);
    report.push(format!("extended {:?} {:?}", lists.few, lists.list));
    report.push(format!(
        "{:?} {} {:?}",
        lists.copied, lists.text, lists.table
    ));
    report.push(format!("options {:?}", options(23)));
    report.push(format!("listed {:?}", listed(20)));
    let (mut list, mut few) = (vec![5], Few::default());
    behind(&mut list, 6);
    behind(&mut few, 9);
    generic(&mut list, 3);
    report.push(format!("sinks {:?}", (list, few)));
    let texts: Vec<String> = (0..20).map(|i| format!(" {} ", i % 6)).collect();
    report.push(format!("borrowed {:?}", borrowed(&texts)));
    show(&report);
}
