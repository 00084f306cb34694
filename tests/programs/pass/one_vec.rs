//! One `Vec`; an iteration adds nothing, one element or several of them.

use parallel_for::parallel_for;

#[parallel_for]
pub(crate) fn main() {
    let mut results = Vec::new();
    for n in 0..200_u64 {
        if n % 7 == 3 {
            continue;
        }
        results.push(n * n);
        if n % 5 == 0 {
            results.push(n);
            results.extend([n + 1, n + 2]);
            results.extend_from_slice(&[n + 3]);
        }
        let mut more = vec![n; usize::try_from(n % 3).unwrap()];
        results.append(&mut more);
    }
    assert_eq!(results[0], 0);
    println!("{} {results:?}", results.len());
}
