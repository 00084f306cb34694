use parallel_for::parallel_for;

#[parallel_for(local = true, local)]
fn squares() -> Vec<u64> {
    let mut squares = Vec::new();
    for i in 0..10 {
        squares.push(i * i);
    }
    squares
}

fn main() {
    squares();
}
