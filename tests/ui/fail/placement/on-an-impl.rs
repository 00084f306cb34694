use parallel_for::parallel_for;

struct Work;

#[parallel_for]
impl Work {
    fn run(&self) {}
}

fn main() {}
