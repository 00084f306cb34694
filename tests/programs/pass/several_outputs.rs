//! Several outputs of different kinds, each filled by some of the iterations.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write as _;

use parallel_for::parallel_for;

#[parallel_for]
pub(crate) fn main() {
    let words = ["one", "two", "three", "four", "five", "six", "seven"];
    let mut lengths = Vec::new();
    let mut places = HashMap::new();
    let mut letters = BTreeSet::new();
    let mut text = String::new();
    for (place, word) in words.iter().cycle().take(50).enumerate() {
        lengths.push(word.len());
        places.insert((*word).to_owned(), place); // The last one wins.
        if place % 3 == 0 {
            letters.extend(word.chars());
            text.push_str(word);
            write!(text, "@{place} ").unwrap();
        }
    }
    let places: BTreeMap<_, _> = places.into_iter().collect();
    assert_eq!(places["one"], 49);
    println!("{lengths:?}\n{places:?}\n{letters:?}\n{text}");
}
