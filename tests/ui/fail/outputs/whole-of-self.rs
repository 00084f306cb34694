use parallel_for::parallel_for;

struct Work {
    results: Vec<u64>,
    offset: u64,
}

impl Work {
    #[parallel_for]
    fn f(&mut self, xs: &[u64]) {
        for x in xs {
            self.results.push(self.compute(*x));
        }
    }

    fn compute(&self, x: u64) -> u64 {
        x + self.offset
    }
}

fn main() {}
