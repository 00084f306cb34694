use parallel_for::parallel_for;

#[parallel_for]
fn f(xs: &[u64]) -> Vec<u64> {
    let mut results = Vec::new();
    for x in xs {
        println!("{}", if *x == 3 { return vec![*x] } else { 3 });
        results.push(*x);
    }
    results
}

fn main() {}
