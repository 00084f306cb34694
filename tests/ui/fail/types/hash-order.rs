use std::collections::HashMap;

use parallel_for::parallel_for;

#[parallel_for]
fn main() {
    let prices = HashMap::from([("apple", 3), ("pear", 4)]);
    let mut labels = Vec::new();
    for (name, price) in &prices {
        labels.push(format!("{name}: {price}"));
    }
    println!("{labels:?}");
}
