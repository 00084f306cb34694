use parallel_for::parallel_for;
use serde::{Deserialize, Serialize};

#[derive(Debug, Serialize, Deserialize)]
struct Word<'a> {
    text: &'a str,
}

#[parallel_for]
fn main() {
    let text = String::from("a b c");
    let mut words = Vec::new();
    for text in text.split(' ') {
        words.push(Word { text });
    }
    println!("{words:?}");
}
