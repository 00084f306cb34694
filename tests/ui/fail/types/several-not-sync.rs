use std::cell::RefCell;
use std::rc::Rc;
use std::sync::mpsc;

use parallel_for::parallel_for;

struct Model {
    cache: RefCell<Vec<u64>>,
    factor: u64,
}

#[parallel_for]
fn run(model: &Model, table: Rc<Vec<u64>>, pointer: *const u64) -> Vec<u64> {
    let (sender, jobs) = mpsc::channel::<u64>();
    let mut results = Vec::new();
    for i in 0..10 {
        let known = model.cache.borrow().get(0).copied();
        results.push(known.unwrap_or(i) * model.factor + table[0]);
        results.extend(jobs.try_iter().next());
        assert!(!pointer.is_null());
    }
    drop(sender);
    results
}

fn main() {
    let model = Model { cache: RefCell::default(), factor: 3 };
    run(&model, Rc::new(vec![1]), &0);
}
