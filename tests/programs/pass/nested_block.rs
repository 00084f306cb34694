//! The loop in a block, an `if`, a `match` arm or a `let`.

use parallel_for::parallel_for;

#[parallel_for]
fn choose(kind: &str, n: u32) -> Vec<u32> {
    let mut results = Vec::new();
    match kind {
        "none" => {}
        "one" => results.push(n),
        _ => {
            if n > 3 {
                for i in 0..n {
                    results.push(i * n);
                }
            }
        }
    }
    results
}

#[parallel_for]
pub(crate) fn main() {
    let table = {
        let mut table = Vec::new();
        for n in 0..30 {
            table.push(n * 3);
        }
        table
    };
    for kind in ["none", "one", "all"] {
        println!("{:?} {:?}", choose(kind, 2), choose(kind, 9));
    }
    println!("{table:?}");
}
