use parallel_for::parallel_for;

#[parallel_for]
fn f(xs: &[f64]) -> f64 {
    let mut sum = 0.0;
    for x in xs {
        sum += x;
        sum *= 0.5;
    }
    sum
}

fn main() {}
