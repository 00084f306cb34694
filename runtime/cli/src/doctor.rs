//! `doctor`: says what this machine has for programs with MPI, and for each thing that it lacks the command that gets it.
//!
//! `probes` gather facts, `findings` judge them: no judgement meets the machine, so each is tested with facts that are made up.

mod facts;
mod findings;
mod patience;
mod probes;

use std::process::ExitCode;

use findings::{Mark, judge};

pub(crate) fn run() -> ExitCode {
    let findings = judge(&probes::facts());
    for finding in &findings {
        println!("{finding}");
    }
    let is_missing = findings.iter().any(|finding| finding.mark == Mark::Missing);
    ExitCode::from(u8::from(is_missing))
}
