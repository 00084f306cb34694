//! Methods with `&self`, associated functions and methods of a trait; methods whose names only suggest
//! that they change something.

#![allow(
    clippy::all,
    clippy::pedantic,
    reason = "methods as users may have them, by their names alone"
)]

use parallel_for::parallel_for;

struct Polynomial {
    coefficients: Vec<i64>,
}

trait Tabulate {
    fn value(&self, x: i64) -> i64;
    fn table(&self, until: i64) -> Vec<i64>;
}

impl Polynomial {
    #[parallel_for]
    fn powers(of: i64, count: u32) -> Vec<i64> {
        let mut powers = Vec::new();
        for exponent in 0..count {
            powers.push(of.pow(exponent));
        }
        powers
    }

    #[parallel_for]
    fn roots(&self, from: i64, to: i64) -> Vec<i64> {
        let mut roots = Vec::new();
        for x in from..to {
            if self.value(x) == 0 {
                roots.push(x);
            }
        }
        roots
    }
}

impl Tabulate for Polynomial {
    fn value(&self, x: i64) -> i64 {
        self.coefficients.iter().rev().fold(0, |sum, c| sum * x + c)
    }

    #[parallel_for]
    fn table(&self, until: i64) -> Vec<i64> {
        let mut values = Vec::new();
        for x in 0..until {
            values.push(self.value(x));
        }
        values
    }
}

struct Table {
    cells: Vec<u64>,
}

impl Table {
    fn entry(&self, row: u64) -> u64 {
        self.cells[row as usize % self.cells.len()]
    }
    fn get_mut(&self, row: u64) -> &u64 {
        &self.cells[row as usize % self.cells.len()]
    }
    fn next(&self, row: u64) -> u64 {
        self.entry(row + 1)
    }
    fn random(&self) -> u64 {
        4
    }
    fn fetch_row(&self, row: u64) -> u64 {
        row
    }
    fn insert(&self, row: u64) -> bool {
        row % 2 == 0
    }
    fn extend(&self, row: u64) -> u64 {
        row + 10
    }
    fn push(&self, row: u64) -> Option<u64> {
        row.checked_sub(3)
    }
    fn write_all(&self, bytes: &[u8]) -> Result<(), usize> {
        bytes.first().map(|_| ()).ok_or(0)
    }
    fn set(&self, row: u64) {
        assert!(row < 100);
    }
}

struct Model {
    table: Table,
    rng: Table,
    seen: Vec<u64>,
}

impl Model {
    #[parallel_for]
    fn run(&mut self, n: u64) -> Result<u64, usize> {
        let mut steps = 0;
        for i in 0..n {
            self.seen.push(self.table.extend(i) + self.rng.random());
            if self.table.insert(i) {
                self.seen.push(*self.table.get_mut(i));
            }
            self.table.set(i);
            self.table.write_all(b"x")?;
            assert!(self.table.insert(2), "{}", self.table.next(i));
            steps += self.table.push(i).unwrap_or(self.table.fetch_row(1));
        }
        Ok(steps)
    }
}

#[parallel_for]
fn rows<T: std::ops::Deref<Target = Table> + Sync>(
    lent: &mut Table,
    #[allow(unused_mut, reason = "the body only reads")] mut table: T,
) -> Vec<u64> {
    fn sum(table: &Table, row: u64) -> u64 {
        table.next(row) + 1
    }
    let mut rows = Vec::new();
    for i in 0..6 {
        let later = || table.next(i) + table.entry(i);
        rows.push(later() + sum(lent, i));
        match table.push(i) {
            Some(row) => rows.push(row),
            None => rows.extend([table.extend(i), lent.extend(i)]),
        }
    }
    rows
}

#[parallel_for]
pub(crate) fn main() {
    let table = || Table {
        cells: vec![5, 3, 8],
    };
    let mut model = Model {
        table: table(),
        rng: table(),
        seen: Vec::new(),
    };
    let steps = model.run(9);
    let rows = rows(&mut table(), Box::new(table()));
    println!("{steps:?} {:?} {rows:?}", model.seen);
    let polynomial = Polynomial {
        coefficients: vec![-6, 11, -6, 1],
    };
    let roots = polynomial.roots(-50, 50);
    assert_eq!(roots, [1, 2, 3]); // On every rank: the setup needs them.
    let mut report = Vec::new();
    for x in polynomial.table(20) {
        report.push(x + roots[0]);
    }
    println!("{report:?} {:?}", Polynomial::powers(3, 12));
}
