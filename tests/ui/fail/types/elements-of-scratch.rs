use parallel_for::parallel_for;

#[parallel_for]
fn f(xs: &[u64]) -> Vec<u64> {
    let mut results = Vec::new();
    let mut row = vec![0; 10];
    for x in xs {
        for (i, cell) in row.iter_mut().enumerate() {
            *cell = x + i as u64;
        }
        results.push(row.iter().sum());
    }
    results
}

fn main() {}
