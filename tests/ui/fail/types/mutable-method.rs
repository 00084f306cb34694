use parallel_for::parallel_for;

struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        self.0
    }
}

#[parallel_for]
fn main() {
    let mut random = Random(1);
    let mut results = Vec::new();
    for i in 0..10 {
        results.push(i + random.next());
    }
    println!("{results:?}");
}
