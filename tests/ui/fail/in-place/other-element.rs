use parallel_for::parallel_for;

#[parallel_for]
fn f(xs: &[u64], out: &mut [u64]) {
    for (i, x) in xs.iter().enumerate() {
        out[i + 1] = x * x;
    }
}

fn main() {}
