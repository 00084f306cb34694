// The syntax doesn't show that the items are mutable, their type does.
use parallel_for::parallel_for;

#[parallel_for]
fn doubled(values: &mut Vec<u64>) -> usize {
    let elements = values.iter_mut();
    let mut results = Vec::new();
    for element in elements {
        *element *= 2;
        results.push(*element);
    }
    results.len()
}

fn main() {
    doubled(&mut vec![1, 2, 3]);
}
