//! The functions whose loops change variables by statements that run in the order of the items.

#![allow(
    clippy::pedantic,
    clippy::type_complexity,
    reason = "the functions are written as users write them"
)]

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use super::{Refused, Run, Step, Twins, Way};
use crate::parallel_for;

pub(super) fn family() -> Vec<Twins> {
    vec![
        scattered::twins(),
        chosen::twins(),
        passed_over::twins(),
        by_key::twins(),
        set::twins(),
        limited::twins(),
        filled::twins(),
        put::twins(),
        taken::twins(),
        written::twins(),
    ]
}

/// Anything with an index of its own, and a method that sets.
#[derive(Debug, Default)]
struct Grid {
    cells: Vec<f64>,
    set: u32,
}

impl Grid {
    fn new(length: usize) -> Self {
        Self {
            cells: vec![0.0; length],
            set: 0,
        }
    }

    fn set_cell(&mut self, at: usize, value: f64) {
        let length = self.cells.len();
        self.cells[at % length] -= value;
        self.set += 1;
    }
}

impl std::ops::Index<(usize, usize)> for Grid {
    type Output = f64;

    fn index(&self, (row, column): (usize, usize)) -> &f64 {
        &self.cells[(row * 3 + column) % self.cells.len()]
    }
}

impl std::ops::IndexMut<(usize, usize)> for Grid {
    fn index_mut(&mut self, (row, column): (usize, usize)) -> &mut f64 {
        let at = (row * 3 + column) % self.cells.len();
        &mut self.cells[at]
    }
}

twins! {
    fn scattered(steps: &[Step]) -> Result<(Vec<f64>, Vec<Vec<i64>>, Grid), (Refused, Vec<f64>)> {
        let mut sums = vec![0.25; 5];
        let mut lists = vec![Vec::new(); 3];
        let mut grid = Grid::new(7);
        for (i, step) in steps.iter().enumerate() {
            let k = step.number.unsigned_abs() as usize;
            step.work();
            sums[k % 5] += step.float();
            if step.way == Way::Break {
                break;
            }
            let slot = k % lists.len();
            lists[slot].push(step.number);
            for value in &step.values {
                grid[(i, *value as usize % 11)] = f64::from(*value) * sums_of(&step.values);
            }
            if let Err(error) = step.checked() {
                return Err((error, sums));
            }
            sums[i % 5] = sums[i % 5].max(0.5);
        }
        Ok((sums, lists, grid))
    }
}

fn sums_of(values: &[u32]) -> f64 {
    values.iter().map(|value| f64::from(*value)).sum()
}

twins! {
    fn chosen(steps: &[Step]) -> (f64, Option<usize>, Option<(i64, usize)>, (i64, i64), u32) {
        let (mut least, mut at) = (f64::INFINITY, None);
        let mut best: Option<(i64, usize)> = None;
        let (mut first, mut second) = (i64::MIN, i64::MIN);
        let mut ties = 0;
        for (i, step) in steps.iter().enumerate() {
            let cost = if step.values.is_empty() { f64::NAN } else { step.float() };
            if cost < least {
                least = cost;
                at = Some(i);
            }
            step.work();
            match step.way {
                Way::Skip => continue,
                Way::Break => break,
                Way::Return => return (least, at, best, (first, second), 1000),
                _ => {}
            }
            let key = step.number % 20;
            if best.is_none_or(|(known, _)| key >= known) {
                best = Some((key, i));
            }
            if key > first {
                second = first;
                first = key;
                ties = 0;
            } else if key == first {
                ties += 1;
            } else if key > second {
                second = key;
            }
        }
        (least, at, best, (first, second), ties)
    }
}

twins! {
    fn passed_over(steps: &[Step]) -> ((f64, usize, u32), u32, Vec<i64>, u64) {
        let mut best = (f64::INFINITY, usize::MAX, 0);
        let (mut ties, mut passed) = (0, 0_u64);
        let mut few = Vec::new();
        'own: for (i, step) in steps.iter().enumerate() {
            if step.values.len() == 1 {
                continue;
            }
            step.work();
            let cost = if step.values.is_empty() { f64::NAN } else { (step.number % 8) as f64 };
            for value in &step.values {
                passed += 1;
                if u64::from(*value % 9) < passed % 10 {
                    continue;
                }
                passed += u64::from(*value);
            }
            match step.way {
                Way::Skip => continue 'own,
                Way::Break => break,
                Way::Return => return (best, 1000, few, passed),
                _ => {}
            }
            if few.len() > 5 {
                ties += 100;
                continue;
            }
            if cost == best.0 {
                ties += 1;
                continue 'own;
            }
            if cost >= best.0 {
                continue;
            }
            best = (cost, i, step.values.len() as u32);
            few.push(step.number);
        }
        (best, ties, few, passed)
    }
}

twins! {
    fn by_key(steps: &[Step]) -> (BTreeMap<i64, u64>, BTreeMap<i64, Vec<u32>>, Vec<(u32, i64)>) {
        let mut counts = BTreeMap::new();
        let mut groups: BTreeMap<i64, Vec<u32>> = BTreeMap::new();
        let mut last: HashMap<u32, i64> = HashMap::new();
        for step in steps {
            let key = step.number % 6;
            step.work();
            let count = counts.entry(key).or_insert(10);
            *count += step.values.len() as u64;
            for value in &step.values {
                let group = groups.entry(key).or_default();
                if group.len() < 4 {
                    group.push(*value);
                }
                group.push(value % 3);
                let small = value % 4;
                if let Some(known) = last.get_mut(&small) {
                    *known -= key;
                } else {
                    last.insert(small, key);
                }
            }
            if step.way == Way::Break {
                break;
            }
        }
        let mut last: Vec<(u32, i64)> = last.into_iter().collect();
        last.sort_unstable();
        (counts, groups, last)
    }
}

twins! {
    fn set(steps: &[Step]) -> (Grid, Vec<u32>, String) {
        let mut grid = Grid::new(4);
        let mut values = Vec::new();
        let mut text = String::from(">");
        for (i, step) in steps.iter().enumerate() {
            grid.set_cell(i, step.float());
            step.work();
            values.extend(step.values.iter().map(|value| value / 2));
            if step.way == Way::BreakInside {
                text.push_str("bb");
                for value in &step.values {
                    if value % 2 == 0 {
                        break;
                    }
                    grid.set_cell(*value as usize, 1.0);
                }
            }
            if step.way == Way::Return {
                return (grid, values, text);
            }
        }
        (grid, values, text)
    }
}

twins! {
    fn limited(steps: &[Step]) -> (Vec<i64>, Vec<i64>, usize) {
        let mut few = Vec::new();
        let mut unique: Vec<i64> = Vec::new();
        let mut passed = 0;
        for step in steps {
            step.work();
            passed += step.values.len();
            let key = step.number % 9;
            if few.len() < 5 {
                few.push(step.number);
            }
            if !unique.contains(&key) {
                unique.push(key);
            }
            if step.way == Way::Break {
                break;
            }
        }
        (few, unique, passed)
    }
}

/// A collection like none of the standard library's.
#[derive(Debug)]
struct Ring<T> {
    values: [Option<T>; 3],
    at: usize,
}

impl<T> Ring<T> {
    fn push(&mut self, value: T) -> Option<T> {
        self.at += 1;
        self.values[self.at % 3].replace(value)
    }

    fn insert(&mut self, at: usize, value: T) {
        self.values[at % 3] = Some(value);
    }
}

/// The function that it is filled in doesn't know its type.
fn ring<T>() -> Ring<T> {
    Ring {
        values: [None, None, None],
        at: 0,
    }
}

type Filled = (Ring<i64>, Ring<String>, Ring<u32>, Vec<i64>);

twins! {
    fn filled(steps: &[Step]) -> Result<Filled, Refused> {
        let (mut pushed, mut named, mut last) = (ring(), ring(), ring());
        let mut list = Vec::from([7]);
        let rest = &mut list;
        for (i, step) in steps.iter().enumerate() {
            pushed.push(step.number);
            step.work();
            match step.way {
                Way::Skip => continue,
                Way::Break => break,
                Way::Fail => return Err(Refused(Rc::from(format!("at {i}")))),
                _ => {}
            }
            for (at, value) in step.values.iter().enumerate() {
                named.insert(at + i, value.to_string());
            }
            last.push(i as u32);
            rest.push(step.number);
        }
        Ok((pushed, named, last, list))
    }
}

/// What can't be set twice, which its failure tells all of.
#[derive(Debug, Default)]
struct Store {
    values: BTreeMap<i64, f64>,
    calls: u32,
}

impl Store {
    fn put(&mut self, key: i64, value: f64) -> Result<(), Refused> {
        self.calls += 1;
        if self
            .values
            .insert(key, value)
            .is_some_and(|known| known > value)
        {
            return Err(Refused(Rc::from(format!("{self:?}"))));
        }
        Ok(())
    }
}

twins! {
    fn put(steps: &[Step]) -> Result<(Store, Vec<i64>, f64), Refused> {
        let mut store = Store::default();
        let mut numbers = Vec::new();
        let mut sum = 0.5;
        for (i, step) in steps.iter().enumerate() {
            numbers.push(step.number);
            step.work();
            store.put(step.number % 90, step.float())?;
            sum -= step.float();
            match step.way {
                Way::Skip => continue,
                Way::Break => break,
                _ => {}
            }
            sum += step.checked()? as f64;
            for value in &step.values {
                store
                    .put(100 + i64::from(*value) % 500, f64::from(*value % 7))
                    .map_err(|Refused(error)| Refused(Rc::from(format!("{i}: {error}"))))?;
            }
            if step.way == Way::Return {
                return Ok((store, numbers, sum));
            }
        }
        Ok((store, numbers, sum))
    }
}

twins! {
    fn taken(steps: &[Step]) -> Option<(Vec<u64>, BTreeMap<i64, Vec<u32>>)> {
        let mut counts = vec![0; 60];
        let mut groups: BTreeMap<i64, Vec<u32>> = (-1..2).map(|key| (key, Vec::new())).collect();
        for step in steps {
            step.work();
            for value in &step.values {
                groups.get_mut(&(step.number / 300))?.push(*value);
                *counts.get_mut((*value % 61) as usize)? += 1;
            }
            if step.way == Way::Break {
                break;
            }
            if step.way == Way::Return {
                return None;
            }
        }
        Some((counts, groups))
    }
}

/// Takes texts until it has so many.
#[derive(Debug)]
struct Limited(String, usize);

impl std::fmt::Write for Limited {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        self.1 = self.1.checked_sub(1).ok_or(std::fmt::Error)?;
        self.0.push_str(text);
        Ok(())
    }
}

twins! {
    fn written(steps: &[Step]) -> Result<(Limited, String, Vec<u8>), std::fmt::Error> {
        use std::fmt::Write as _;
        let mut limited = Limited(String::new(), 150);
        let mut text = String::from("text");
        let mut bytes: Vec<u8> = vec![1];
        for (i, step) in steps.iter().enumerate() {
            step.work();
            writeln!(limited, "{i}: {:>5} {}", step.number, step.float())?;
            let line = format!("{:?}", step.values);
            text.write_str(&line[..line.len() / 2])?;
            std::io::Write::write_all(&mut std::io::sink(), line.as_bytes()).unwrap();
            if let Some(value) = step.values.first() {
                write!(&mut text, "{value}")?;
                bytes.extend_from_slice(&value.to_le_bytes());
            }
            if step.way == Way::Break {
                break;
            }
        }
        Ok((limited, text, bytes))
    }
}
