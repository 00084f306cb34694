use parallel_for::parallel_for;

#[parallel_for(private(table))]
fn f(xs: &[usize], table: &[u64]) -> Vec<u64> {
    let mut results = Vec::new();
    for x in xs {
        results.push(table[*x]);
    }
    results
}

fn main() {}
