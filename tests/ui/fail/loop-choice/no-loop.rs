use parallel_for::parallel_for;

#[parallel_for]
fn f(xs: &[u64]) -> usize {
    for x in xs {
        println!("{x}");
    }
    xs.len()
}

fn main() {}
