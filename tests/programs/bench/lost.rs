//! A loop that is killed: `bench_lost N ROUNDS FILE SECONDS`. Each iteration that is finished, on whatever rank, adds a byte
//! to the file; the master kills itself so long after the loop began, and never where that is 0.

use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::process::{Command, ExitCode};
use std::sync::OnceLock;
use std::thread;
use std::time::Duration;

use parallel_for::parallel_for;
use parallel_for_tests::churn;

/// Where iterations leave their bytes.
static FINISHED: OnceLock<File> = OnceLock::new();

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, n, rounds, file, seconds] = &arguments[..] else {
        eprintln!("usage: {} N ROUNDS FILE SECONDS", arguments[0]);
        return ExitCode::from(2);
    };
    let (Ok(n), Ok(rounds), Ok(seconds)) = (n.parse(), rounds.parse(), seconds.parse()) else {
        eprintln!("error: N, ROUNDS and SECONDS are numbers");
        return ExitCode::from(2);
    };
    let file = OpenOptions::new().create(true).append(true).open(file);
    FINISHED.get_or_init(|| file.expect("a file to add to"));
    parallel_for::barrier();
    if seconds > 0.0 && parallel_for::is_master() {
        thread::spawn(move || {
            thread::sleep(Duration::from_secs_f64(seconds));
            let process = std::process::id().to_string();
            Command::new("kill").args(["-KILL", &process]).status()
        });
    }
    run(n, rounds);
    ExitCode::SUCCESS
}

#[parallel_for(gather = master)]
fn run(n: u64, rounds: u64) {
    let mut results = Vec::new();
    for i in 0..n {
        results.push(finish(churn(i, rounds)));
    }
    println!("checksum={:016x}", results.iter().fold(0, |sum, x| sum ^ x));
}

fn finish(result: u64) -> u64 {
    let mut file = FINISHED.get().expect("it is opened first");
    file.write_all(b".").expect("room for a byte");
    result
}
