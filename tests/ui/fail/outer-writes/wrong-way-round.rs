use parallel_for::parallel_for;

#[parallel_for]
fn f(xs: &[f64]) -> (f64, f64, f64) {
    let (mut sum, mut more, mut largest) = (0.0, 0.0, 0.0);
    for x in xs {
        sum = x + sum;
        more = more + x + 1.0;
        largest = x.max(largest);
    }
    (sum, more, largest)
}

fn main() {}
