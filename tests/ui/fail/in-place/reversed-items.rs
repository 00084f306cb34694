use parallel_for::parallel_for;

#[parallel_for]
fn f(xs: &mut [u64]) {
    for x in xs.iter_mut().rev() {
        *x *= 2;
    }
}

fn main() {}
