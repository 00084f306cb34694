//! `main` that returns a `Result`; `?` in setup and tail.

use std::error::Error;

use parallel_for::parallel_for;

#[parallel_for]
pub(crate) fn main() -> Result<(), Box<dyn Error>> {
    let count: u32 = "25".parse()?;
    let mut results = Vec::new();
    for n in 0..count {
        results.push(format!("{n}"));
    }
    let numbers = results
        .iter()
        .map(|text| text.parse())
        .collect::<Result<Vec<u32>, _>>()?;
    println!("{}", numbers.iter().sum::<u32>());
    Ok(())
}
