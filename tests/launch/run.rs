//! Runs one program to its end, or to the end of our patience.

use std::fs::{self, File};
use std::io::{Write as _, stderr};
use std::os::unix::process::{CommandExt as _, ExitStatusExt as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread::{scope, sleep};
use std::time::Duration;

use crate::build::without_builds;
use crate::{Variant, Vendor, scratch, workspace};

/// Only a guard: what takes this long hangs.
const PATIENCE: Duration = Duration::from_secs(240);

/// A program with what it is given: arguments, standard input, environment.
#[derive(Clone, Debug)]
pub struct Program {
    name: String,
    arguments: Vec<String>,
    environment: Vec<(String, String)>,
    input: String,
    optimised: bool,
}

/// How a program ended and what it wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The exit code, as a shell shows it.
    pub code: i32,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

impl Program {
    /// The program of this name, without arguments and with an empty standard input.
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            arguments: Vec::new(),
            environment: Vec::new(),
            input: String::new(),
            optimised: false,
        }
    }

    /// Adds an argument.
    #[must_use]
    pub fn argument(mut self, argument: impl Into<String>) -> Self {
        self.arguments.push(argument.into());
        self
    }

    /// Sets an environment variable.
    #[must_use]
    pub fn variable(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Sets the standard input.
    #[must_use]
    pub fn input(mut self, input: impl Into<String>) -> Self {
        self.input = input.into();
        self
    }

    /// Takes the program as users would build it for speed.
    #[must_use]
    pub fn optimised(mut self) -> Self {
        self.optimised = true;
        self
    }

    /// Runs the program in one process.
    #[must_use]
    pub fn run(&self, variant: Variant) -> Outcome {
        self.finish(Command::new(self.binary(variant)))
    }

    /// Runs the program on all cores of one process with this many threads.
    #[must_use]
    pub fn run_threads(&self, threads: usize) -> Outcome {
        self.clone()
            .variable("PARALLEL_FOR_THREADS", &threads.to_string())
            .run(Variant::Plain)
    }

    /// Runs the program on some ranks under the MPI that it is built with.
    #[must_use]
    pub fn run_ranks(&self, vendor: Vendor, ranks: usize) -> Outcome {
        self.run_under(vendor, ranks, Variant::Mpi(vendor))
    }

    /// Runs any variant of the program under a launcher, also where they don't fit.
    #[must_use]
    pub fn run_under(&self, vendor: Vendor, ranks: usize, variant: Variant) -> Outcome {
        self.launch(vendor, || {
            let mut command = vendor.command(ranks);
            command.arg(self.binary(variant));
            command
        })
    }

    /// Runs any variant of the program under a launcher of the suite's own, which is given with its arguments.
    #[must_use]
    pub fn run_by(&self, mut launcher: Command, variant: Variant) -> Outcome {
        launcher.arg(self.binary(variant));
        self.finish(launcher)
    }

    /// Runs a command that knows by itself which program it starts; what the program is given follows.
    #[must_use]
    pub fn run_as(&self, command: Command) -> Outcome {
        self.finish(command)
    }

    /// Runs the program on rank 0 and another one on rank 1, with what that is given.
    #[must_use]
    pub fn run_with(&self, other: &Self, vendor: Vendor) -> Outcome {
        let variant = Variant::Mpi(vendor);
        other.launch(vendor, || {
            let mut command = vendor.command(1);
            command.arg(self.binary(variant)).args(&self.arguments);
            command.args([":", "-n", "1"]).arg(other.binary(variant));
            command
        })
    }

    /// Runs a launcher, again if it dies.
    fn launch(&self, vendor: Vendor, command: impl Fn() -> Command) -> Outcome {
        let start = || self.finish(command());
        let outcome = start();
        if vendor.launcher_died(&outcome) {
            let _ = writeln!(
                stderr(),
                "note: {} died of a signal; {} starts again",
                vendor.launcher(),
                self.name
            );
            return start();
        }
        outcome
    }

    fn binary(&self, variant: Variant) -> PathBuf {
        if self.optimised {
            variant.optimised(&self.name)
        } else {
            variant.binary(&self.name)
        }
    }

    fn finish(&self, mut command: Command) -> Outcome {
        // Files, not pipes: no thread has to drain them, and no orphan can keep them open.
        static RUN: AtomicUsize = AtomicUsize::new(0);
        let run = RUN.fetch_add(1, Ordering::Relaxed);
        let folder = scratch(&format!("run-{}-{run}", std::process::id()));
        let file = |name: &str| folder.join(name);
        fs::write(file("stdin"), &self.input).expect("a scratch file");
        command
            .args(&self.arguments)
            .env_remove("PARALLEL_FOR_THREADS")
            .env_remove("RUST_BACKTRACE")
            .envs(self.environment.iter().cloned())
            .current_dir(workspace())
            .stdin(File::open(file("stdin")).expect("the standard input"))
            .stdout(File::create(file("stdout")).expect("a scratch file"))
            .stderr(File::create(file("stderr")).expect("a scratch file"))
            .process_group(0);
        let running = without_builds();
        let mut child = command
            .spawn()
            .unwrap_or_else(|error| panic!("{command:?}: {error}"));
        let status = wait(&mut child);
        drop(running);
        let outcome = Outcome {
            code: status.map_or(0, code),
            stdout: read(&file("stdout")),
            stderr: read(&file("stderr")),
        };
        fs::remove_dir_all(&folder).expect("our scratch folder");
        assert!(status.is_some(), "hangs: {command:?}\n{outcome}");
        outcome
    }
}

impl std::fmt::Display for Outcome {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            code,
            stdout,
            stderr,
        } = self;
        write!(
            f,
            "exit code {code}\n--- stdout\n{stdout}\n--- stderr\n{stderr}"
        )
    }
}

/// `None` if the program did not end in time and had to be ended.
fn wait(child: &mut Child) -> Option<ExitStatus> {
    let group = format!("-{}", child.id());
    let (ended, end) = channel::<()>();
    scope(|scope| {
        // Beside the program nothing wakes up: that would show in what a benchmark measures.
        let guard = scope.spawn(move || {
            let hangs = end.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout);
            if hangs {
                stop(&group);
            }
            hangs
        });
        let status = child.wait().expect("our child");
        drop(ended);
        let hangs = guard.join().expect("the guard does not panic");
        (!hangs).then_some(status)
    })
}

/// A launcher asked to stop takes its ranks with it; killed, it might leave them behind.
fn stop(group: &str) {
    for signal in ["-TERM", "-KILL"] {
        let kill = Command::new("kill").args([signal, "--", group]).status();
        kill.expect("kill is on every Unix");
        sleep(Duration::from_secs(2));
    }
}

fn code(status: ExitStatus) -> i32 {
    let signal = status.signal().map(|signal| 128 + signal);
    status.code().or(signal).expect("it ended")
}

fn read(path: &Path) -> String {
    let bytes = fs::read(path).expect("a scratch file");
    String::from_utf8_lossy(&bytes).into_owned()
}
