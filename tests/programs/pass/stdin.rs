//! Items that only the master has: lines of standard input.

use parallel_for::parallel_for;

#[parallel_for(items = master)]
pub(crate) fn main() {
    let mut lengths = Vec::new();
    for line in std::io::stdin().lines().map_while(Result::ok) {
        if !line.is_empty() {
            lengths.push((line.chars().count(), line.to_uppercase()));
        }
    }
    println!("{} {lengths:?}", lengths.len());
}
