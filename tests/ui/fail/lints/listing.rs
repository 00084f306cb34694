#![deny(deprecated)]

use parallel_for::parallel_for;

#[parallel_for]
fn f() -> Vec<String> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(".").unwrap() {
        names.push(entry.unwrap().path().display().to_string());
    }
    names
}

fn main() {}
