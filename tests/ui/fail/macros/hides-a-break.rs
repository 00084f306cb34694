use parallel_for::parallel_for;

macro_rules! stop_at {
    ($x:ident => $last:expr, $stop:expr) => {
        if *$x == $last {
            $stop
        }
    };
}

#[parallel_for]
fn f(xs: &[u64]) -> Vec<u64> {
    let mut results = Vec::new();
    for x in xs {
        stop_at!(x => 0, break);
        results.push(*x);
    }
    results
}

fn main() {}
