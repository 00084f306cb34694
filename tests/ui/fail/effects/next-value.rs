use parallel_for::parallel_for;

#[parallel_for]
fn f(xs: &[u64], names: &[String]) -> Vec<String> {
    let mut names = names.iter();
    let mut results = Vec::new();
    for x in xs {
        let Some(name) = names.next() else { continue };
        results.push(format!("{name}: {x}"));
    }
    results
}

fn main() {}
