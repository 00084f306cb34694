use parallel_for::parallel_for;

use std::fmt::Write as _;

#[parallel_for]
fn f(xs: &[u64]) -> String {
    let mut text = String::new();
    for x in xs {
        let written = write!(text, "{x}");
        assert!(written.is_ok());
    }
    text
}

fn main() {}
