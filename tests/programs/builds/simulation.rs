// Two builds of one program, `old.rs` and `new.rs`, include this file: its loops stand at the same places in both, in
// functions of the same names. `simulation FAULT`.

use parallel_for::parallel_for;

/// The tokens are the same in both builds, but `Count` is another type.
#[parallel_for]
fn types(n: u8) -> usize {
    let mut counts: Vec<Count> = Vec::new();
    for granted in 0..n {
        counts.push(Count::from(granted));
    }
    counts.len()
}

/// All results of a rank come right behind its entry.
#[parallel_for(schedule = round_robin)]
fn types_without_a_manager(n: u8) -> usize {
    let mut counts: Vec<Count> = Vec::new();
    for own in 0..n {
        counts.push(Count::from(own));
    }
    counts.len()
}

/// The items travel.
#[parallel_for(items = master)]
fn types_of_items(n: u8) -> usize {
    let mut sum = Count::default();
    for shipped in (0..n).map(Count::from) {
        sum += shipped;
    }
    usize::from(sum > Count::from(n))
}

function_code!();

fn main() {
    let run = match std::env::args().nth(1).as_deref() {
        Some("types") => types,
        Some("types_without_a_manager") => types_without_a_manager,
        Some("types_of_items") => types_of_items,
        _ => code,
    };
    println!("the tail runs: {}", run(40));
}
