use parallel_for::parallel_for;

#[parallel_for]
fn f(xs: &[&str]) -> Result<Vec<String>, std::num::ParseIntError> {
    let mut results = Vec::new();
    for x in xs {
        results.push(format!("{}", x.parse::<u64>()?));
    }
    Ok(results)
}

fn main() {}
