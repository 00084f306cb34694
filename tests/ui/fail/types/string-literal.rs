use parallel_for::parallel_for;

#[parallel_for]
fn main() {
    let mut sizes = Vec::new();
    for i in 0..10 {
        sizes.push((i, if i > 4 { Some("large") } else { None }));
    }
    println!("{sizes:?}");
}
