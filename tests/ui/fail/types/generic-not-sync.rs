use parallel_for::parallel_for;

#[parallel_for]
fn all<F: Fn(u64) -> u64>(function: F) -> Vec<u64> {
    let mut results = Vec::new();
    for i in 0..10 {
        results.push(function(i));
    }
    results
}

fn main() {
    all(|x| x + 1);
}
