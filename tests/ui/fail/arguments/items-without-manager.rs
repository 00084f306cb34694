use parallel_for::parallel_for;

#[parallel_for(items = master, schedule = blocks)]
fn main() {
    let mut lengths = Vec::new();
    for line in std::io::stdin().lines().map_while(Result::ok) {
        lengths.push(line.len());
    }
    println!("{lengths:?}");
}
