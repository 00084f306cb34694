//! Iterations that panic are left out: `fault_skip asks`, or `none` and others of `wanted`.

use parallel_for::{parallel_for, skipped};

#[parallel_for(on_error = skip)]
fn odd(n: u64) -> Vec<u64> {
    let mut results = Vec::new();
    for i in 0..n {
        results.push(i);
        assert!(i % 2 == 1, "no {i}");
    }
    results
}

#[parallel_for(on_error = skip, local)]
fn odd_here(n: u64) -> Vec<u64> {
    let mut odd = Vec::new();
    for k in 0..n {
        odd.push(k);
        assert!(k % 2 == 1, "not here {k}");
    }
    odd
}

#[parallel_for(on_error = skip)]
pub(crate) fn main() {
    let wanted = std::env::args().nth(1).expect("what is wanted");
    let before = match &*wanted {
        "all" => odd(1),
        "half" => odd(60),
        "here" => odd_here(4),
        _ => Vec::new(),
    };
    // All know of it, or those who have it.
    let asked = if wanted == "here" { skipped().len() } else { 0 };
    let mut results = Vec::new();
    for i in 0..20_u64 {
        if wanted == "none" {
            results.push(i);
            continue;
        }
        assert!(i != 0 && i != 7 && i != 19, "no luck with {i}");
        results.push(i);
    }
    println!(
        "the tail comes to {} {} {asked}",
        before.len(),
        results.len()
    );
    if wanted == "asks" || wanted == "here" {
        for one in skipped() {
            println!("{} {}", one.index, one.message);
        }
    }
    if wanted == "fails" {
        std::process::exit(3);
    }
}
