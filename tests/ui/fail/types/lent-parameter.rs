use parallel_for::parallel_for;

struct Solution(u64);

fn improve(solution: &mut Solution, x: u64) -> u64 {
    solution.0 += x;
    solution.0
}

#[parallel_for]
fn f(xs: &[u64], solution: &mut Solution) -> Vec<u64> {
    let mut results = Vec::new();
    for x in xs {
        results.push(improve(solution, *x));
    }
    results
}

#[parallel_for]
fn counted(xs: &[u64], state: &mut Option<u64>) -> Vec<u64> {
    let mut results = Vec::new();
    for x in xs {
        match state {
            Some(n) if *x > 3 => *n += 1,
            Some(n) => results.push(*n),
            None => results.push(*x),
        }
    }
    results
}

fn main() {}
