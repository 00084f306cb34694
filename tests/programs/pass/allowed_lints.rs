//! Lints are warnings that an attribute turns off.
#![deny(warnings)]

use std::collections::HashMap;
use std::sync::Mutex;

use parallel_for::parallel_for;

#[allow(deprecated, reason = "our lints are deprecated items")]
#[parallel_for]
pub(crate) fn main() {
    let cache = Mutex::new(HashMap::new());
    let mut results = Vec::new();
    for x in 0..20_u64 {
        let known = *cache.lock().unwrap().entry(x % 7).or_insert_with(|| x % 7);
        results.push(known);
    }
    println!("{results:?}");
}
