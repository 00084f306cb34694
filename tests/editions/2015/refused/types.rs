extern crate parallel_for;

use parallel_for::parallel_for;
use std::rc::Rc;

#[parallel_for]
fn borrowed(lines: &[String]) -> Vec<&str> {
    let mut results = Vec::new();
    for line in lines {
        results.push(line.trim());
    }
    results
}

#[parallel_for]
fn counted(n: u32) -> Vec<Rc<u32>> {
    let mut results = Vec::new();
    for i in 0..n {
        results.push(Rc::new(i));
    }
    results
}

fn main() {
    borrowed(&[]);
    counted(1);
}
