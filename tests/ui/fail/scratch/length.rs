use parallel_for::parallel_for;

#[parallel_for]
fn f(xs: &[usize]) -> Vec<usize> {
    let mut results = Vec::new();
    let mut row = vec![0; 3];
    for x in xs {
        row.fill(*x);
        row.truncate(*x);
        results.push(row.len());
    }
    results
}

fn main() {}
