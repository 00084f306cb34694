//! Every iteration panics on one rank: `fault_bad_rank RANK`.

use parallel_for::{parallel_for, rank};

#[parallel_for(on_error = retry(1))]
pub(crate) fn main() {
    let argument = std::env::args().nth(1).expect("a number");
    let bad: usize = argument.parse().expect("a number");
    let numbers: Vec<u32> = (0..60).collect();
    let mut squares = Vec::new();
    let mut sum = 0.0;
    for (at, &number) in numbers.iter().enumerate() {
        squares.push(number as usize * number as usize + at);
        sum += 1.0 / (f64::from(number) + 0.3);
        // Long enough for each rank to get some.
        std::thread::sleep(std::time::Duration::from_millis(2));
        assert_ne!(rank(), bad, "a bad host");
    }
    println!("{} {sum:?}", squares.iter().sum::<usize>());
}
