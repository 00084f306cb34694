use parallel_for::parallel_for;

#[parallel_for]
fn f(xs: &[u64]) -> Vec<u64> {
    let mut results = Vec::new();
    let mut rng = 1;
    for x in xs {
        results.push(x + draw(&mut rng));
    }
    results
}

fn draw(rng: &mut u64) -> u64 {
    *rng = rng.wrapping_mul(6364136223846793005);
    *rng
}

fn main() {}
