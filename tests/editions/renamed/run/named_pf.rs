// The dependency has another name: `pf = { package = "parallel-for", .. }`.

use pf::parallel_for;

#[parallel_for]
fn main() {
    let mut results = Vec::new();
    for i in 0..5 {
        results.push(i * i);
    }
    assert_eq!(results, [0, 1, 4, 9, 16]);
    println!("{:?}", results);
}
