//! Signals to the subcommand end its job, whoever else gets them, and nothing of it is left.

use std::fs;
use std::os::unix::process::CommandExt as _;
use std::process::{Child, Command, Stdio, id};
use std::thread::sleep;
use std::time::{Duration, Instant};

use parallel_for_tests::{Variant, Vendor, under_each_mpi};

use super::run;

under_each_mpi! {
    signals_to_the_group_end_the_job
    signals_to_the_subcommand_alone_end_the_job
}

/// Only a guard.
const PATIENCE: Duration = Duration::from_secs(60);

fn signals_to_the_group_end_the_job(vendor: Vendor) {
    end(vendor, "INT", "-");
}

fn signals_to_the_subcommand_alone_end_the_job(vendor: Vendor) {
    for signal in ["INT", "TERM"] {
        end(vendor, signal, "");
    }
}

/// Sends a signal to a job of three ranks, as soon as they are there: to a process, or, after a `-`, to its group.
fn end(vendor: Vendor, signal: &str, whom: &str) {
    // The job takes a minute, and so much more that its processes are known by it: those of other tests run beside it.
    let (vendor_digit, whom_digit) = (u8::from(vendor == Vendor::Mpich), u8::from(whom.is_empty()));
    let seconds = format!("60.{}{vendor_digit}{whom_digit}", id());
    let mut command = run(Variant::Mpi(vendor), "parallel-for-examples", "long_job");
    let command = command.args(["-n", "3", "--", &seconds]).process_group(0);
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("it starts");
    until("the ranks are not there", || ranks(&seconds) == 3);
    let target = format!("{whom}{}", child.id());
    let kill = Command::new("kill")
        .args([&format!("-{signal}"), "--", &target])
        .status();
    assert!(kill.expect("kill is on every Unix").success());
    until("it goes on", || has_ended(&mut child));
    until("ranks are left", || with(&seconds).is_empty());
}

fn has_ended(child: &mut Child) -> bool {
    let status = child.try_wait().expect("our child");
    assert!(
        status.is_none_or(|status| !status.success()),
        "all went well"
    );
    status.is_some()
}

fn until(otherwise: &str, is_so: impl FnMut() -> bool) {
    let start = Instant::now();
    let mut is_so = is_so;
    while !is_so() {
        assert!(start.elapsed() < PATIENCE, "{otherwise}");
        sleep(Duration::from_millis(50));
    }
}

fn ranks(argument: &str) -> usize {
    let is_rank = |line: &&String| {
        line.split('\0')
            .next()
            .is_some_and(|program| program.ends_with("/long_job"))
    };
    with(argument).iter().filter(is_rank).count()
}

/// The command lines of all processes that have this argument.
fn with(argument: &str) -> Vec<String> {
    let processes = fs::read_dir("/proc").expect("this is Linux").flatten();
    let lines =
        processes.filter_map(|process| fs::read_to_string(process.path().join("cmdline")).ok());
    lines
        .filter(|line| line.split('\0').any(|word| word == argument))
        .collect()
}
