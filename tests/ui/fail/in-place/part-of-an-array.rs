use parallel_for::parallel_for;

#[parallel_for]
fn f(xs: &mut Vec<u64>) -> Vec<u64> {
    let mut results = Vec::new();
    for x in &mut xs[1..] {
        *x += 1;
        results.push(*x);
    }
    results
}

fn main() {}
