use parallel_for::parallel_for;

#[parallel_for]
fn f(n: u32) -> Result<Vec<u32>, String> {
    let label;
    let mut results = Vec::new();
    for i in 0..n {
        if i == 3 {
            label = format!("item {i}");
            return Err(label);
        }
        results.push(i);
    }
    Ok(results)
}

fn main() {}
