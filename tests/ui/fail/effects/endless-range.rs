use parallel_for::parallel_for;

#[parallel_for]
fn f() -> Vec<u64> {
    let mut results = Vec::new();
    for i in (0..).map(|i| i * i) {
        results.push(i);
    }
    results
}

fn main() {}
