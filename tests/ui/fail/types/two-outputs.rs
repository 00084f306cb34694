use std::collections::HashMap;

use parallel_for::parallel_for;

struct Outcome {
    score: f64,
}

#[parallel_for]
fn main() {
    let mut scores = Vec::new();
    let mut outcomes = HashMap::new();
    let mut names = Vec::new();
    for seed in 0..10 {
        scores.push(f64::from(seed));
        outcomes.insert(seed, Outcome { score: f64::from(seed) });
        names.push("seed");
    }
    println!("{} {} {names:?}", scores[0], outcomes[&0].score);
}
