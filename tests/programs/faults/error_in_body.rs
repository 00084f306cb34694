//! The body fails in `main`, in many iterations: the error of the lowest is the program's.

use std::num::ParseIntError;
use std::time::Duration;

use parallel_for::parallel_for;

#[allow(
    deprecated,
    reason = "it takes time to fail, and what it finds follows from the item"
)]
#[parallel_for]
fn main() -> Result<(), ParseIntError> {
    let mut numbers = Vec::new();
    for i in 0..60_u64 {
        // The lowest of those that fail is found last.
        let pause = if i == 20 { 60 } else { 1 };
        std::thread::sleep(Duration::from_millis(pause));
        let digits = match i {
            20 => "two",
            21.. => "",
            _ => "1",
        };
        numbers.push(digits.parse::<u64>()?);
    }
    println!("the tail runs: {}", numbers.len());
    Ok(())
}
