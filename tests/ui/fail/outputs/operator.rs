use parallel_for::parallel_for;

struct Bag(Vec<u64>);

impl Bag {
    fn push(&mut self, x: u64) {
        self.0.push(x);
    }
}

impl std::ops::SubAssign<u64> for Bag {
    fn sub_assign(&mut self, x: u64) {
        self.0.retain(|y| *y != x);
    }
}

#[parallel_for]
fn f(xs: &[u64]) -> Vec<u64> {
    let mut bag = Bag(Vec::new());
    for x in xs {
        bag.push(*x);
        bag -= {
            let less = x / 2;
            less
        };
    }
    bag.0
}

fn main() {}
