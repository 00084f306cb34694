// The master has read lines ahead of the one that leaves the loop.
use parallel_for::parallel_for;
use std::io::stdin;

#[parallel_for(items = master)]
fn main() {
    let mut header = Vec::new();
    for line in stdin().lines().map_while(Result::ok) {
        if line.is_empty() {
            break;
        }
        header.push(line.len());
    }
    let rest = stdin().lines().count();
    println!("{} {rest}", header.len());
}
