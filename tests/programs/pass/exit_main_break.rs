//! `main` whose loop ends by `break`, inside another loop and after it.

use parallel_for::parallel_for;
use parallel_for_tests::{churn, work};

#[parallel_for]
pub(crate) fn main() {
    let mut rounds = Vec::new();
    'rounds: for round in 0..10_u64 {
        let mut digits = Vec::new();
        #[parallel_for]
        for n in 0..50_u64 {
            let digit = churn(n + 1000 * round, 1_000) % 10;
            if digit == 9 && n > 20 {
                break;
            }
            if digit == 8 && n + 5 * round > 60 {
                break 'rounds;
            }
            digits.push(digit);
        }
        println!("{round}: {digits:?}");
        rounds.push(digits.len());
    }

    let mut squares = 0;
    let mut reached = None;
    #[parallel_for]
    for n in 0..1000_u64 {
        work(1_000);
        if n * n > 2000 {
            break;
        }
        squares += n * n;
        reached = Some(n);
    }
    println!("{rounds:?} {squares} {reached:?}");
}
