use parallel_for::parallel_for;

#[parallel_for]
fn f(xs: &[f64]) -> (f64, usize) {
    let mut best = 0.0;
    let mut which = 0;
    for (i, x) in xs.iter().enumerate() {
        if *x > best {
            best = *x;
            which = i;
            let gap = *x - best;
            println!("{gap}");
        }
    }
    (best, which)
}

fn main() {}
