use parallel_for::parallel_for;

macro_rules! add {
    ($to:ident, $x:expr) => {
        $to.push($x)
    };
}

#[parallel_for]
fn f(xs: &[u64]) -> Vec<u64> {
    let mut results = Vec::new();
    for x in xs {
        add!(results, *x);
        results.push(*x);
    }
    results
}

fn main() {}
