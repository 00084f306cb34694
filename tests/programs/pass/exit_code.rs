//! `main` that returns an `ExitCode`: the master's, which is the one of the job.

use std::process::ExitCode;

use parallel_for::parallel_for;

#[parallel_for]
pub(crate) fn main() -> ExitCode {
    let mut odd = Vec::new();
    for n in 0..15_u8 {
        if n % 2 == 1 {
            odd.push(n);
        }
    }
    println!("{odd:?}");
    ExitCode::from(u8::try_from(odd.len()).unwrap())
}
