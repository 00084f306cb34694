use std::io::{read_to_string, stdin};

use parallel_for::parallel_for;

#[parallel_for]
fn lines(n: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for _ in 0..n {
        let mut line = String::new();
        std::io::stdin().read_line(&mut line).unwrap();
        lines.push(line);
    }
    lines
}

#[parallel_for]
fn of_a_variable(n: usize) -> Vec<String> {
    let input = stdin();
    let mut lines = Vec::new();
    for i in 0..n {
        let mut line = i.to_string();
        input.read_line(&mut line).unwrap();
        lines.push(line);
    }
    lines
}

#[parallel_for]
fn all_at_once(n: usize) -> Vec<String> {
    let mut texts = Vec::new();
    for i in 0..n {
        texts.push(format!("{i} {}", read_to_string(stdin()).unwrap()));
    }
    texts
}

fn main() {
    lines(2);
    of_a_variable(2);
    all_at_once(2);
}
