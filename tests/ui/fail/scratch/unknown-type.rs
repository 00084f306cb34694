use parallel_for::parallel_for;

#[derive(Default)]
struct Canvas(Vec<u64>, u64);

impl Canvas {
    fn new() -> Self {
        Self::default()
    }

    fn clear(&mut self) {
        self.0.clear();
    }

    fn draw(&mut self, x: u64) -> u64 {
        self.1 += x;
        self.1
    }
}

#[parallel_for]
fn f(xs: &[u64]) -> Vec<u64> {
    let mut results = Vec::new();
    let mut canvas = Canvas::new();
    for x in xs {
        canvas.clear();
        results.push(canvas.draw(*x));
    }
    results
}

fn main() {}
