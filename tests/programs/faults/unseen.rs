//! A loop over items, and with a variable, of which nobody can tell whether they are the same at the next start.

use std::time::Duration;

use parallel_for::parallel_for;

struct Case(u64);

#[parallel_for]
fn costs(cases: &[Case], factor: u64) -> Vec<u64> {
    let cost = move |case: &Case| case.0 * factor;
    let mut costs = Vec::new();
    for case in cases {
        std::thread::sleep(Duration::from_micros(300));
        costs.push(cost(case));
    }
    costs
}

pub(crate) fn main() {
    let cases: Vec<Case> = (0..20).map(Case).collect();
    let costs = costs(&cases, 3);
    if parallel_for::is_master() {
        println!("{costs:?}");
    }
}
