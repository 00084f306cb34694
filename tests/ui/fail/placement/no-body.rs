use parallel_for::parallel_for;

trait Work {
    #[parallel_for]
    fn run(&self, xs: &[u64]) -> Vec<u64>;
}

fn main() {}
