use parallel_for::parallel_for;

struct Rng(u64);

impl Rng {
    fn random(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1);
        self.0
    }
}

struct Simulation {
    rng: Rng,
}

impl Simulation {
    #[parallel_for]
    fn noise(&mut self) -> Vec<u64> {
        let mut other_rng = Rng(1);
        let mut noise = Vec::new();
        for i in 0..10 {
            noise.push(i + self.rng.random() + other_rng.random());
        }
        noise
    }
}

fn main() {}
