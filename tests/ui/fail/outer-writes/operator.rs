use parallel_for::parallel_for;

#[parallel_for]
fn f(xs: &[f64]) -> Vec<f64> {
    let mut results = Vec::new();
    let mut rest = 1.0;
    for x in xs {
        rest /= x;
        results.push(*x);
    }
    results.push(rest);
    results
}

fn main() {}
