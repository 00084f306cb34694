use parallel_for::parallel_for;

#[parallel_for]
fn f(xs: &[u64]) -> Option<u64> {
    let mut results = Vec::new();
    'found: {
        for x in xs {
            if *x == 3 {
                break 'found Some(*x);
            }
            results.push(*x);
        }
        None
    }
}

fn main() {}
