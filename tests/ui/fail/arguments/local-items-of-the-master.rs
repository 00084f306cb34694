use parallel_for::parallel_for;

#[parallel_for(local)]
fn lengths() -> Vec<usize> {
    let mut lengths = Vec::new();
    #[parallel_for(items = master)]
    for line in std::io::stdin().lines() {
        lengths.push(line.map_or(0, |line| line.len()));
    }
    lengths
}

fn main() {
    lengths();
}
