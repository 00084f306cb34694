use parallel_for::parallel_for;

#[parallel_for]
fn f(xs: &[u64]) -> Result<Vec<u64>, String> {
    let mut results = Vec::new();
    for x in xs {
        if *x == 0 {
            return Err("zero".to_owned());
        }
        results.push(*x);
    }
    Ok(results)
}

fn main() {}
