use parallel_for::parallel_for;

#[parallel_for]
fn f(ids: &[usize], out: &mut [u64]) -> Vec<u64> {
    let mut counts = Vec::new();
    for id in ids {
        out[*id] += 1;
        counts.push(out[*id]);
    }
    counts
}

fn main() {}
