use std::cell::Cell;
use std::collections::HashMap;

use parallel_for::parallel_for;

#[parallel_for(local)]
fn counted<'a>(words: &HashMap<&'a str, usize>, count: &Cell<usize>) -> Vec<&'a str> {
    let mut seen = Vec::new();
    for word in words.keys() {
        count.set(count.get() + 1);
        seen.push(*word);
    }
    seen
}

fn main() {
    counted(&HashMap::new(), &Cell::new(0));
}
