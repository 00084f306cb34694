use parallel_for::parallel_for;

#[parallel_for]
fn a_state(xs: &[f64]) -> Vec<f64> {
    let mut means = Vec::new();
    let mut mean = 0.0;
    for (i, x) in xs.iter().enumerate() {
        let y = work(*x);
        mean = smooth(mean, i, x, y);
        means.push(mean);
    }
    means
}

#[parallel_for]
fn a_counter(xs: &[f64]) -> Vec<f64> {
    let mut results = Vec::new();
    let mut large = 0;
    for x in xs {
        let y = work(*x);
        if y > 1.0 {
            large += 1;
            println!("{large} are large by now");
        }
        results.push(y);
    }
    results
}

#[parallel_for]
fn a_line_of_a_log(names: &[String]) -> Vec<usize> {
    let mut lengths = Vec::new();
    let mut seen = 0;
    for name in names {
        lengths.push(length(name));
        seen += 1;
        println!("{seen}: {name}");
    }
    lengths
}

#[parallel_for]
fn a_length(n: u32) -> Vec<f64> {
    let mut results = Vec::new();
    for i in 0..n {
        let y = work(f64::from(i));
        if y > 0.5 && results.len() < 10 {
            println!("one of the first");
        }
        results.push(y);
    }
    results
}

#[parallel_for]
fn a_solver(xs: &[f64], solver: &mut Vec<f64>) -> Vec<f64> {
    let mut results = Vec::new();
    for &x in xs {
        if x < 0.0 {
            continue;
        }
        let mut y = work(x);
        y += 1.0;
        results.push(x);
        step(solver, y);
        step(&mut *solver, 2.0 * y);
    }
    results
}

fn work(x: f64) -> f64 {
    x.sin()
}

fn smooth(mean: f64, i: usize, x: &f64, y: f64) -> f64 {
    mean / (i + 1) as f64 + x * y
}

fn length(name: &str) -> usize {
    name.len()
}

fn step(solver: &mut Vec<f64>, x: f64) {
    solver.push(x);
}

fn main() {}
