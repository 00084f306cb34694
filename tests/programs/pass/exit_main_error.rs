//! `main` that returns the error of its loop: exit code 1.

use std::error::Error;

use parallel_for::parallel_for;
use parallel_for_tests::work;

#[parallel_for]
pub(crate) fn main() -> Result<(), Box<dyn Error>> {
    println!("setup");
    let words: Vec<String> = (0..80).map(|n: u32| (n * n % 83).to_string()).collect();
    let mut numbers = Vec::new();
    for (place, word) in words.iter().enumerate() {
        let number: u32 = word.parse()?;
        if number == 30 || number == 31 {
            work(40_000 * u64::from(number - 29));
            return Err(format!("{number} at {place}").into());
        }
        numbers.push(number);
    }
    println!("{numbers:?}");
    Ok(())
}
