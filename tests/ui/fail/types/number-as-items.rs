use parallel_for::parallel_for;

#[parallel_for]
fn squares(n: u64) -> Vec<u64> {
    let mut results = Vec::new();
    for i in n {
        results.push(i * i);
    }
    results
}

fn main() {
    squares(3);
}
