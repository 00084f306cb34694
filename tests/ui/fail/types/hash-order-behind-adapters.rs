use std::collections::HashSet;

use parallel_for::parallel_for;

#[parallel_for]
fn main() {
    let names = HashSet::from(["apple", "pear"]);
    let mut labels = Vec::new();
    for (i, name) in names.iter().filter(|name| name.len() > 4).enumerate() {
        labels.push(format!("{i}: {name}"));
    }
    println!("{labels:?}");
}
