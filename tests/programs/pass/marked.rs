//! Several result loops in a function: the marked ones are distributed, the others stay.

use parallel_for::parallel_for;

#[parallel_for]
pub(crate) fn main() {
    let mut squares = Vec::new();
    #[parallel_for]
    for n in 0..50_u64 {
        squares.push(n * n);
    }

    let mut sums = vec![0];
    for square in &squares {
        sums.push(sums.last().unwrap() + square); // Needs its predecessor: sequential.
    }

    let mut texts = Vec::new();
    #[parallel_for(schedule = round_robin)]
    for (sum, square) in sums.iter().zip(&squares) {
        texts.push(format!("{sum}/{square}"));
    }
    assert_eq!(texts.len(), 50);
    println!("{}", texts.join(" "));
}
