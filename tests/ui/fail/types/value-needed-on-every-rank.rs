use parallel_for::parallel_for;

#[parallel_for(gather = master)]
fn squares(n: u32) -> Vec<u32> {
    let mut results = Vec::new();
    for i in 0..n {
        results.push(i * i);
    }
    results
}

fn main() {
    squares(3);
}
