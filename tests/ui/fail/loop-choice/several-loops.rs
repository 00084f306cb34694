use parallel_for::parallel_for;

#[parallel_for]
fn f(xs: &[u64]) -> Vec<u64> {
    let mut squares = Vec::new();
    for x in xs {
        squares.push(x * x);
    }
    let mut results = Vec::new();
    for (i, square) in squares.iter().enumerate() {
        results.push(square + i as u64);
    }
    results
}

fn main() {}
