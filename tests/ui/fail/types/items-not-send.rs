use std::rc::Rc;

use parallel_for::parallel_for;

#[parallel_for]
fn main() {
    let items = vec![Rc::new(1_u64), Rc::new(2)];
    let mut results = Vec::new();
    for item in items {
        results.push(*item);
    }
    println!("{results:?}");
}
