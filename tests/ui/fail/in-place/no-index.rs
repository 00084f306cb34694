use parallel_for::parallel_for;

#[parallel_for]
fn f(ids: &[usize], out: &mut [u64]) {
    for id in ids {
        out[*id] += 1;
    }
}

fn main() {}
