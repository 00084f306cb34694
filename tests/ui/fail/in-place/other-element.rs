use parallel_for::parallel_for;

#[parallel_for]
fn f(xs: &[u64], out: &mut [u64]) {
    for (i, x) in xs.iter().enumerate() {
        let last = out[i];
        out[i + 1] = last + x;
    }
}

fn main() {}
