use parallel_for::parallel_for;

struct Model {
    residuals: Vec<f64>,
}

impl Model {
    #[parallel_for]
    fn f(&mut self, xs: &[f64]) {
        for (i, x) in xs.iter().enumerate() {
            self.residuals[i] = self.error(*x);
        }
    }

    fn error(&self, x: f64) -> f64 {
        x - self.residuals.iter().sum::<f64>()
    }
}

fn main() {}
