use parallel_for::parallel_for;

#[parallel_for]
fn f(xs: &[u64]) -> Option<u64> {
    let mut results = Vec::new();
    for x in xs {
        results.push(*x);
        if *x > 3 {
            return match x {
                7 => continue,
                x => Some(*x),
            };
        }
    }
    None
}

fn main() {}
