//! An external command for each item, five at a time on every rank.
//!
//! ```sh
//! cargo run --release --bin child_processes
//! cargo run --release --bin child_processes -- 'echo one' 'wc -l < Cargo.toml' 'exit 3'
//!
//! cargo build --release --features mpi
//! mpiexec -n 4 target/release/child_processes
//! ```
//!
//! Without arguments it runs twelve commands of its own, and prints their output in the order of the
//! commands, not of their ends:
//!
//! ```text
//! printf 1 | tr 1-9 a-i: a
//! printf 12 | tr 1-9 a-i: ab
//! printf 123 | tr 1-9 a-i: abc
//! …
//! ```
//!
//! The first command that fails, in the same order, ends it with exit code 1:
//!
//! ```text
//! Error: "command 2, `exit 3`: exit status: 3"
//! ```

use std::error::Error;
use std::process::Command;

use parallel_for::parallel_for;

/// A thread that waits for a child uses no core, so there may be more of them than cores.
#[parallel_for(threads = 5)]
fn main() -> Result<(), Box<dyn Error>> {
    let mut commands: Vec<String> = std::env::args().skip(1).collect();
    if commands.is_empty() {
        let digits = "123456789123";
        let counting = (1..=digits.len()).map(|n| format!("printf {} | tr 1-9 a-i", &digits[..n]));
        commands = counting.collect();
    }
    let mut outputs = Vec::new();
    for (number, command) in commands.iter().enumerate() {
        let output =
            run(command).map_err(|error| format!("command {number}, `{command}`: {error}"))?;
        outputs.push(output);
    }
    for (command, output) in commands.iter().zip(outputs) {
        println!("{command}: {}", output.trim_end());
    }
    Ok(())
}

/// What a command writes to its standard output.
fn run(command: &str) -> Result<String, Box<dyn Error>> {
    let output = Command::new("sh").args(["-c", command]).output()?;
    if !output.status.success() {
        let complaint = String::from_utf8_lossy(&output.stderr);
        return Err(format!("{} {complaint}", output.status).trim_end().into());
    }
    Ok(String::from_utf8(output.stdout)?)
}
