use std::rc::Rc;

use parallel_for::parallel_for;

#[parallel_for]
fn main() {
    let mut names = Vec::new();
    for i in 0..10 {
        names.push(Rc::new(i));
    }
    println!("{names:?}");
}
