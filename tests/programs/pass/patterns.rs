//! Patterns in the head of the loop, and names that the expansion might use itself.

use parallel_for::parallel_for;

struct Point {
    x: i32,
    y: i32,
}

fn distribute(results: i32) -> i32 {
    results + 1
}

#[parallel_for]
pub(crate) fn main() {
    let points: Vec<Point> = (0..30).map(|n| Point { x: n, y: n * n }).collect();
    let (chunk, items, part, options, __chunk) = (1, 2, 3, 4, 5);
    let mut results = Vec::new();
    for &Point { x, y: ref height } in &points {
        let results_of_this = distribute(x) + chunk + items + part + options + __chunk;
        results.push(results_of_this * *height);
    }
    println!("{results:?} {:?} {:?}", tuples(), counted());
}

#[parallel_for]
fn tuples() -> Vec<i32> {
    let pairs = [(1, [10, 20]), (2, [30, 40]), (3, [50, 60])];
    let mut sums = Vec::new();
    for (i, (mut a, [b, _])) in pairs.into_iter().enumerate() {
        a += b;
        sums.push(a * i32::try_from(i).unwrap());
    }
    sums
}

#[parallel_for]
fn counted() -> String {
    let mut dots = String::new();
    for _ in 0..10 {
        dots.push('.');
    }
    dots
}
