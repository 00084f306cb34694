use parallel_for::parallel_for;

#[parallel_for]
fn f(xs: &[u64]) -> Vec<u64> {
    let mut results = Vec::new();
    let mut solver = 1;
    for x in xs {
        results.push(step(&mut solver, *x));
    }
    results
}

fn step(solver: &mut u64, x: u64) -> u64 {
    *solver += x;
    *solver
}

fn main() {}
