//! Random numbers by the number of an iteration: the same wherever it runs, in functions that it calls, in nested loops,
//! and where an iteration runs once more since it leaves the loop.

use parallel_for::{Random, parallel_for};

#[parallel_for]
fn inside(points: u64) -> u64 {
    let mut inside = 0;
    for i in 0..points {
        let mut rng = parallel_for::random(2024, i);
        let (x, y) = (rng.next_f64(), rng.next_f64());
        inside += u64::from(x * x + y * y < 1.0);
    }
    inside
}

fn walk(rng: &mut Random, steps: u32) -> i64 {
    let step = |_| if rng.below(2) == 0 { 1 } else { -1 };
    (0..steps).map(step).sum()
}

#[parallel_for]
fn walks(names: &[&str]) -> Vec<(String, i64)> {
    let mut ends = Vec::new();
    for (i, name) in names.iter().enumerate() {
        let mut rng = parallel_for::random(1, i);
        ends.push(((*name).to_owned(), walk(&mut rng, 1000)));
    }
    ends
}

#[parallel_for]
fn table(rows: i32, columns: i32) -> Vec<[u8; 3]> {
    let mut table = Vec::new();
    for row in -rows..rows {
        for column in 0..columns {
            table.push(parallel_for::random(5, (row, column)).bytes());
        }
    }
    table
}

/// The first draw that is as low as this, of so many.
#[parallel_for]
fn first_below(limit: f64, most: usize) -> Option<(usize, f64)> {
    for i in 0..most {
        let drawn = parallel_for::random(3, i).next_f64();
        if drawn < limit {
            return Some((i, drawn));
        }
    }
    None
}

#[parallel_for(local)]
fn shuffled(seeds: &[u64]) -> Vec<Vec<u64>> {
    let mut orders = Vec::new();
    for (i, &seed) in seeds.iter().enumerate() {
        let mut rng = parallel_for::random(seed, (0, i, 0));
        let mut order: Vec<u64> = (0..8).collect();
        for last in (1..8_usize).rev() {
            let other = usize::try_from(rng.below(last as u64 + 1)).unwrap();
            order.swap(last, other);
        }
        orders.push(order);
    }
    orders
}

#[parallel_for]
pub(crate) fn main() {
    let in_setup = parallel_for::random(9, 0).next_u64();
    let (hits, ends) = (inside(5000), walks(&["ada", "grace", "mary"]));
    let (table, found) = (table(2, 3), first_below(0.001, 20_000));
    let orders = shuffled(&[1, 1, 2]);
    let mut sums = Vec::new();
    for i in 0..10_i8 {
        sums.push(
            parallel_for::random(in_setup, i)
                .next_u64()
                .wrapping_add(in_setup),
        );
    }
    println!("{hits} {ends:?}\n{table:?}\n{found:?} {orders:?}\n{sums:?}");
}
