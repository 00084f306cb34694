//! `main` that returns an `ExitCode` out of its loop: that of the lowest item is the job's.

use std::process::ExitCode;

use parallel_for::parallel_for;
use parallel_for_tests::work;

#[parallel_for]
pub(crate) fn main() -> ExitCode {
    println!("before the loop");
    let mut rest = Vec::new();
    for n in 0..200_u64 {
        match n {
            70 => {
                work(100_000);
                let rest = rest.len();
                return ExitCode::from(u8::try_from(rest).unwrap_or(u8::MAX));
            }
            71.. if n % 2 == 1 => return ExitCode::from(3),
            _ => work(1_000),
        }
        if n % 3 > 0 {
            rest.push(n);
        }
    }
    println!("{rest:?}");
    ExitCode::SUCCESS
}
