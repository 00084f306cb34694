use parallel_for::parallel_for;

#[parallel_for(reduce(sum: +, hash: mix))]
fn f(xs: &[u64]) -> (u64, u64) {
    let mut sum = 0;
    let mut hash = 0;
    for x in xs {
        sum += x;
        if sum > 100 {
            continue;
        }
        hash = mix(hash, *x);
        hash += 1;
    }
    (sum, hash)
}

fn mix(hash: u64, x: u64) -> u64 {
    hash * 31 + x
}

fn main() {}
