use parallel_for::parallel_for;

#[parallel_for]
fn f(out: &mut [u64]) {
    for i in 1..out.len() {
        out[i] += out[i - 1];
    }
}

fn main() {}
