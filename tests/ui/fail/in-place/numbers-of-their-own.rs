// A method that is called `enumerate`, and gives the same number twice.
use parallel_for::parallel_for;

struct Pairs(Vec<u64>);

impl Pairs {
    fn enumerate(&self) -> impl Iterator<Item = (usize, u64)> + Clone + Send {
        self.0.clone().into_iter().enumerate().map(|(i, x)| (i / 2, x))
    }
}

#[parallel_for]
fn sums(pairs: &Pairs) -> Vec<u64> {
    let mut out = vec![0; pairs.0.len()];
    for (i, x) in pairs.enumerate() {
        out[i] += x;
    }
    out
}

fn main() {
    sums(&Pairs(vec![1, 2, 3]));
}
