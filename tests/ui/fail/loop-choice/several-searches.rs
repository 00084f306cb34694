// Which of the searches is the expensive one is not said.
use parallel_for::parallel_for;

#[parallel_for]
fn find(xs: &[u64], ys: &[u64]) -> Option<u64> {
    for x in xs {
        if x % 7 == 3 {
            return Some(*x);
        }
    }
    for y in ys {
        if y % 7 == 3 {
            return Some(*y);
        }
    }
    None
}

fn main() {
    find(&[1], &[2]);
}
