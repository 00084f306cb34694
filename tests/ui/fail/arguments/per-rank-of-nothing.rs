use parallel_for::parallel_for;

#[parallel_for(per_rank(cache))]
fn squares(xs: &[u64]) -> Vec<u64> {
    let mut squares = Vec::new();
    #[parallel_for(per_rank(xs.len, squares[0]))]
    for x in xs {
        squares.push(x * x);
    }
    squares
}

fn main() {
    squares(&[1]);
}
