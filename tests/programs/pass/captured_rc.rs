//! `threads = 1` allows captured values that threads could not share.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use parallel_for::parallel_for;

#[parallel_for(threads = 1, per_rank(cache, uses))]
pub(crate) fn main() {
    let table: Rc<Vec<u64>> = Rc::new((0..100).map(|n| n * n).collect());
    let cache = RefCell::new(vec![None; 10]);
    let uses = Cell::new(0);
    let mut results = Vec::new();
    for i in 0..100 {
        let mut cache = cache.borrow_mut();
        let cached: u64 = *cache[i % 10].get_or_insert_with(|| (i as u64 % 10) * 1000);
        uses.set(uses.get() + 1);
        results.push(cached + table[i]);
    }
    println!("{results:?}");
}
