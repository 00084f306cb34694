use parallel_for::parallel_for;

#[parallel_for]
struct Results {
    squares: Vec<u64>,
}

fn main() {}
