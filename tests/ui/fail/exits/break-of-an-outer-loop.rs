use parallel_for::parallel_for;

#[parallel_for]
fn f(xs: &[u64]) {
    'rounds: for round in 0..3 {
        let mut results = Vec::new();
        for x in xs {
            if *x == round {
                break 'rounds;
            }
            if *x > round {
                continue 'rounds;
            }
            results.push(*x);
        }
    }
}

fn main() {}
