use parallel_for::parallel_for;

#[parallel_for(items = master)]
fn main() {
    let mut lengths = Vec::new();
    for line in std::io::stdin().lines() {
        lengths.push(line.unwrap().len());
    }
    println!("{lengths:?}");
}
