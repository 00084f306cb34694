use parallel_for::parallel_for;

#[parallel_for]
fn f(xs: &[u64]) -> Vec<u64> {
    let mut results = Vec::new();
    for x in xs {
        #[cfg(unix)]
        results.push(1);
        #[cfg(windows)]
        results.push(2);
        #[cfg(debug_assertions)]
        results.push(3);
        #[cfg(target_endian = "big")]
        results.push(4);
        results.push(*x);
    }
    results
}

fn main() {}
