use parallel_for::parallel_for;

#[parallel_for]
fn f(xs: &[f64]) -> f64 {
    let mut sum = 0.0;
    let mut largest = 0.0;
    for x in xs {
        sum += x;
        largest = f64::max(largest, *x);
    }
    sum / largest
}

fn main() {}
