//! `cargo parallel-for`: starts programs of the crate `parallel-for` on some ranks, and says what a machine lacks for that.
//!
//! A command is a module with a function `run`, and a function of `arguments`. What they know of MPI libraries is in `mpi`.
//! Judgements are functions of data, beside the code that gets this data from the machine.

#[cfg(not(unix))]
compile_error!(
    "`cargo parallel-for` knows the launchers of Unix only; there, start programs with `mpiexec` yourself"
);

mod arguments;
mod doctor;
mod machine;
mod mpi;
mod path;
mod problem;
mod request;
mod run;

use std::env;
use std::process::ExitCode;

use request::Request;

fn main() -> ExitCode {
    let done = match arguments::parse(env::args_os()) {
        Request::Run(request) => run::run(&request),
        Request::Doctor => Ok(doctor::run()),
    };
    done.unwrap_or_else(|problem| {
        eprintln!("{problem}");
        // As for arguments without sense. Programs that panic have 101.
        ExitCode::from(2)
    })
}
