//! Two nested loops as one over pairs: outputs, sums, tables, ways out, on ranks and on threads.

use parallel_for::parallel_for;
use parallel_for_tests::work;

#[parallel_for(collapse)]
fn products(rows: &[u32], columns: &[u32]) -> Vec<u32> {
    let mut products = Vec::new();
    for row in rows {
        for (j, column) in columns.iter().enumerate() {
            work(100);
            if j % 3 == 1 {
                continue;
            }
            products.push(row * column);
        }
    }
    products
}

struct Table {
    width: usize,
    height: usize,
    cells: Vec<f64>,
    sum: f64,
}

impl Table {
    #[parallel_for(collapse)]
    fn fill(&mut self, scale: f64) {
        for y in 0..self.height {
            for x in 0..self.width {
                let value = scale / f64::from(u32::try_from(1 + x * y).unwrap());
                self.cells[y * self.width + x] = value;
                self.sum += value;
            }
        }
    }
}

/// The first pair, in the order of the nested loops.
#[parallel_for(collapse)]
fn first_pair(numbers: &[i64], sum: i64) -> Option<(usize, usize)> {
    for i in 0..numbers.len() {
        for j in (0..numbers.len()).rev() {
            if i != j && numbers[i] + numbers[j] == sum {
                return Some((i, j));
            }
        }
    }
    None
}

#[parallel_for]
fn until(limit: u64) -> (u64, Vec<(u64, u64)>) {
    let (mut count, mut pairs) = (0, Vec::new());
    #[parallel_for(collapse, schedule = managed(chunk = 3))]
    'all: for a in 1..=limit {
        for b in 1..=limit {
            count += 1;
            for c in b.. {
                if c * c > a * a + b * b {
                    break;
                }
                if c * c == a * a + b * b {
                    pairs.push((a, b));
                }
            }
            if pairs_end(a, b) {
                break 'all;
            }
        }
    }
    (count, pairs)
}

fn pairs_end(a: u64, b: u64) -> bool {
    a * b == 391
}

#[parallel_for(local, collapse)]
fn letters<'a>(words: &[&'a str], places: &[usize]) -> Vec<Option<&'a str>> {
    let mut letters = Vec::new();
    for &word in words {
        for &place in places {
            letters.push(word.get(place..=place));
        }
    }
    letters
}

#[parallel_for]
pub(crate) fn main() {
    let numbers: Vec<u32> = (1..40).collect();
    let all = products(&numbers, &numbers[7..]);
    let none = (products(&[], &numbers), products(&numbers, &[]));
    let mut table = Table {
        width: 17,
        height: 23,
        cells: vec![0.0; 17 * 23],
        sum: 0.5,
    };
    table.fill(0.3);
    let signed: Vec<i64> = (0..60).map(|i| i * i % 61).collect();
    let found = (first_pair(&signed, 30), first_pair(&signed, -1));
    let until = until(30);
    let letters = letters(&["one", "three"], &[0, 4, 2]);
    let mut sums = Vec::new();
    #[parallel_for(collapse)]
    for i in 0..5_u8 {
        for j in (0..3).step_by(2) {
            sums.push(i + j);
        }
    }
    println!(
        "{all:?} {none:?}\n{:?} {}\n{found:?} {until:?}\n{letters:?} {sums:?}",
        table.cells, table.sum
    );
}
