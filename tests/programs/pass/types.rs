//! Types that are known late, or only to the compiler: what is refused by type must not reach them.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::{BTreeMap, HashMap};
use std::fmt::Debug;
use std::num::Wrapping;
use std::ops::Mul;
use std::rc::Rc;
use std::sync::Mutex;

use parallel_for::{Transport, on_master, parallel_for};

/// The element's type follows from the literals' type, which is chosen last.
#[parallel_for]
fn sums_of_literals() -> impl Debug {
    let mut sums = Vec::new();
    let mut pairs = Vec::new();
    for i in 0..3 {
        sums.push(Wrapping(i) + Wrapping(1));
        pairs.push((
            i,
            Some(Mul::mul(&i, 2)),
            0.5,
            [Mul::mul(&0.5, 2.0)],
            "text".to_owned(),
        ));
    }
    (sums, pairs)
}

/// The element's type follows from the function's.
#[parallel_for]
fn parsed(texts: &[&str]) -> Vec<u16> {
    let mut numbers = Vec::new();
    for text in texts {
        numbers.push(text.parse().unwrap());
    }
    numbers
}

#[parallel_for]
fn generic<T: Transport + Clone + Sync, F>(
    values: &[T],
    change: F,
) -> BTreeMap<usize, (T, Option<T>)>
where
    F: Fn(T) -> T + Sync,
{
    let mut changed = BTreeMap::new();
    for (i, value) in values.iter().enumerate() {
        changed.insert(i, (value.clone(), Some(change(value.clone()))));
    }
    changed
}

/// `Cow` is read back as an owned value.
#[parallel_for]
fn maybe_borrowed(texts: &[String]) -> Vec<Cow<'static, str>> {
    let mut cows = Vec::new();
    for text in texts {
        cows.push(if text.is_empty() {
            Cow::Borrowed("-")
        } else {
            Cow::Owned(text.clone())
        });
    }
    cows
}

#[repr(C, packed)]
struct Packed {
    small: u8,
    large: u32,
}

struct Model {
    factor: u64,
    calls: Cell<u64>,
    names: HashMap<u64, Rc<str>>,
}

impl Model {
    /// Fields that threads can't share don't matter if the body does not touch them.
    #[allow(deprecated, reason = "the lock is that of a cache")]
    #[parallel_for]
    fn scaled(&mut self, packed: &Packed) -> Vec<u64> {
        self.calls.set(self.calls.get() + self.names.len() as u64);
        let memo = Mutex::new(HashMap::<u64, u64>::new());
        let mut results = Vec::new();
        for i in 0..3 {
            let known = *memo.lock().unwrap().entry(i % 2).or_insert(i % 2);
            let large = packed.large;
            let size = u64::from(large) + u64::from(packed.small);
            results.push(i * self.factor + known + size + add(offset_of(i, 3), 1));
        }
        results
    }
}

fn add(a: u64, b: u64) -> u64 {
    a + b
}

fn offset_of(i: u64, by: u64) -> u64 {
    i + by
}

/// Closures are captured too.
#[parallel_for]
fn by_closure(table: &[u64]) -> Vec<u64> {
    let look_up = |i: usize| table[i] + 1;
    let boxed: Box<dyn Fn(u64) -> u64 + Sync> = Box::new(|x| x * 2);
    let mut results = Vec::new();
    for i in 0..table.len() {
        results.push(boxed(look_up(i)));
    }
    results
}

/// Parameters that are references, and variables of their names that are none.
#[parallel_for]
fn shadowed(model: &Model, count: &[u64]) -> Vec<u64> {
    let count = count.len() as u64;
    let model = Model {
        factor: model.factor,
        calls: Cell::new(0),
        names: HashMap::new(),
    };
    let mut results = Vec::new();
    for i in 0..3 {
        results.push(i * count + model.factor);
    }
    results
}

fn show(value: impl Debug) {
    on_master(|| println!("{value:?}"));
}

pub(crate) fn main() {
    show(sums_of_literals());
    show(parsed(&["1", "2"]));
    show(generic(&["a".to_owned(), "b".to_owned()], |text| {
        text + "!"
    }));
    show(maybe_borrowed(&["x".to_owned(), String::new()]));
    let names = HashMap::from([(1, Rc::from("one"))]);
    let mut model = Model {
        factor: 2,
        calls: Cell::new(0),
        names,
    };
    show(model.scaled(&Packed { small: 1, large: 2 }));
    show(shadowed(&model, &[1, 2]));
    show(by_closure(&[1, 2, 3]));
}
