use parallel_for::parallel_for;

#[parallel_for]
fn f(xs: &[f64]) -> Vec<f64> {
    let mut results = Vec::new();
    let mut state = 0.0;
    for x in xs {
        state = state * 0.9 + x;
        results.push(state);
    }
    results
}

fn main() {}
