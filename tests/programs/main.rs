//! The programs that share a binary, since linking each alone would take most of a run of the suites. It is
//! started by a program's name, and is that program then: a module whose `main` is the one of the process.

use std::env;
use std::path::Path;
use std::process::{ExitCode, Termination};

/// A program: its name, its module, and its `main`.
type Program = (&'static str, &'static str, fn() -> ExitCode);

macro_rules! program {
    ($name:ident) => {
        (
            stringify!($name),
            concat!(module_path!(), "::", stringify!($name)),
            || Termination::report($name::main()),
        )
    };
}

include!(concat!(env!("OUT_DIR"), "/programs.rs"));
all_programs!(program);

fn main() -> ExitCode {
    let started = env::args_os().next().unwrap_or_default();
    let name = Path::new(&started).file_name().unwrap_or_default();
    let Some((_, module, main)) = PROGRAMS.iter().find(|(each, ..)| name == *each) else {
        eprintln!("error: there is no program of the name {}", name.display());
        return ExitCode::from(2);
    };
    parallel_for::__private::main_is_in(module);
    main()
}
