use std::sync::Mutex;

use parallel_for::parallel_for;

#[parallel_for(local)]
fn listed<'a>(words: &'a [String], seen: &Mutex<Vec<&'a str>>) -> Vec<usize> {
    let mut lengths = Vec::new();
    for word in words {
        seen.lock().unwrap().push(word);
        lengths.push(word.len());
    }
    lengths
}

fn main() {
    listed(&[], &Mutex::default());
}
