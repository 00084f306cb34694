use parallel_for::parallel_for;

struct Canvas(Vec<u64>);

impl Canvas {
    fn draw(&mut self, x: u64) {
        self.0.push(x);
    }
}

#[parallel_for]
fn f(xs: &[u64]) -> Vec<u64> {
    let mut results = Vec::new();
    let mut canvas = Canvas(vec![]);
    for x in xs {
        canvas.draw(*x);
        results.push(x + 1);
    }
    results
}

fn main() {}
