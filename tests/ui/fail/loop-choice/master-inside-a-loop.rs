use parallel_for::parallel_for;

#[parallel_for(gather = master)]
fn main() {
    let mut squares = Vec::new();
    while squares.len() < 100 {
        for x in 0..10 {
            squares.push(x * x);
        }
    }
}
