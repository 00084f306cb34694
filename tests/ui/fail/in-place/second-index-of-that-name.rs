use parallel_for::parallel_for;

#[parallel_for]
fn f(xs: &[u64], out: &mut [u64]) {
    for (i, x) in xs.iter().enumerate() {
        let i = i / 2;
        out[i] += out[i / 2] + *x;
    }
}

fn main() {}
