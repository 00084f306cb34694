use parallel_for::parallel_for;

struct Outcome {
    score: f64,
}

#[parallel_for]
fn main() {
    let mut outcomes = Vec::new();
    for seed in 0..10 {
        outcomes.push(Outcome { score: f64::from(seed) });
    }
    println!("{}", outcomes[0].score);
}
