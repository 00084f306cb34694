use parallel_for::parallel_for;

#[parallel_for]
fn f(xs: &[u64]) -> (bool, bool) {
    let mut found = false;
    let mut all = true;
    for x in xs {
        found = found || *x > 3;
        all = *x > 1 && all;
    }
    (found, all)
}

fn main() {}
