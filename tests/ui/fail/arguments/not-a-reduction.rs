use parallel_for::parallel_for;

#[parallel_for(reduce(sum))]
fn f(xs: &[u64]) -> u64 {
    let mut sum = 0;
    for x in xs {
        sum += x;
    }
    sum
}

fn main() {}
