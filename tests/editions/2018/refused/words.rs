use parallel_for::parallel_for;

#[parallel_for]
fn read(n: u32) -> Vec<usize> {
    let mut results = Vec::new();
    for i in 0..n {
        results.push(results.first().copied().unwrap_or(0) + i as usize);
    }
    results
}

#[parallel_for]
struct Nothing;

fn main() {
    read(1);
}
