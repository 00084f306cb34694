//! Annotated functions in the tail of `main`, which the master runs alone: correct there too.

use parallel_for::parallel_for;

#[parallel_for]
fn squares(below: u64) -> Vec<u64> {
    let mut squares = Vec::new();
    for n in 0..below {
        squares.push(n * n);
    }
    squares
}

#[parallel_for]
pub(crate) fn main() {
    let mut numbers = Vec::new();
    for n in 0..20 {
        numbers.push(n + 1);
    }
    for n in numbers {
        println!("{:?}", squares(n));
    }
    let total: u64 = parallel_for::map(0..100_u64, |n| n * 3).into_iter().sum();
    println!("{total}");
}
