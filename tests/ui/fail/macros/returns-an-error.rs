use parallel_for::parallel_for;

macro_rules! ensure {
    ($condition:expr, $message:expr) => {
        if !$condition {
            return Err($message.to_owned());
        }
    };
}

#[parallel_for]
fn f(xs: &[u64]) -> Result<Vec<u64>, String> {
    let mut results = Vec::new();
    for x in xs {
        ensure!(*x > 0, "zero");
        results.push(*x);
    }
    Ok(results)
}

fn main() {}
