use parallel_for::parallel_for;

static mut SEEN: u64 = 0;

#[parallel_for]
fn f(xs: &[u64]) -> Vec<u64> {
    let mut out = Vec::new();
    for x in xs {
        unsafe { SEEN += 1 };
        out.push(*x);
    }
    out
}

fn main() {}
