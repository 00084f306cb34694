use parallel_for::parallel_for;

#[parallel_for]
fn f(xs: &[u64]) -> (u64, u64) {
    let (mut a, mut b) = (0, 0);
    for x in xs {
        (a, b) = (*x, x + 1);
    }
    (a, b)
}

fn main() {}
