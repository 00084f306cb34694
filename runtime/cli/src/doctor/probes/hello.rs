//! Compiles a program in C as a build would, and starts it on two ranks of this machine: what no list of packages can tell.

use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use super::Folder;
use crate::doctor::facts::Hello;
use crate::doctor::patience;
use crate::mpi::{Choice, Compiler, Launcher, find_launcher, linked};
use crate::request::Job;
use crate::run::{Place, Variables, under_launcher};

/// Some launchers look for networks that are not there.
const PATIENCE: Duration = Duration::from_secs(30);

const PROGRAM: &str = r#"#include <mpi.h>
#include <stdio.h>

int main(int argc, char **argv) {
    int rank, size;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &size);
    MPI_Barrier(MPI_COMM_WORLD);
    printf("hello %d of %d\n", rank, size);
    MPI_Finalize();
    return 0;
}
"#;

/// The launcher that fits the program, and how two ranks of it fared; under the launcher of the usual name, where none fits.
pub(crate) fn tried(
    choice: &Choice,
    by_name: Option<Launcher>,
) -> (Option<Launcher>, Option<Hello>) {
    let Some(compiler) = &choice.compiler else {
        return (None, None);
    };
    let Ok(folder) = Folder::new("doctor") else {
        return (None, None);
    };
    let program = folder.path().join("hello");
    if let Err(words) = compile(compiler, folder.path(), &program) {
        return (None, Some(Hello::NotCompiled(words)));
    }
    let library = linked(&program).ok();
    let fitting = library.and_then(|(vendor, library)| find_launcher(vendor, &library).ok());
    // The shell's own, where that is of the same MPI: users type it.
    let same = by_name.clone().filter(|it| {
        fitting
            .as_ref()
            .is_some_and(|fitting| fitting.vendor == it.vendor)
    });
    let fitting = same.or(fitting);
    let hello = fitting.clone().or(by_name);
    let hello = hello.and_then(|launcher| start(&launcher, &program, folder.path()));
    (fitting, hello)
}

fn compile(compiler: &Compiler, folder: &Path, program: &Path) -> Result<(), String> {
    let source = folder.join("hello.c");
    let (mut command, flags) = match compiler {
        Compiler::Wrapper(wrapper) => (Command::new(&wrapper.path), &[][..]),
        Compiler::Package(_, flags) => (Command::new("cc"), &flags[..]),
    };
    command.arg(&source).arg("-o").arg(program).args(flags);
    let ended =
        fs::write(&source, PROGRAM).and_then(|()| patience::run(&mut command, PATIENCE, folder));
    match ended {
        Ok(ended) if ended.code == Some(0) => Ok(()),
        Ok(ended) => Err(ended.stderr),
        Err(error) => Err(error.to_string()),
    }
}

fn start(launcher: &Launcher, program: &Path, folder: &Path) -> Option<Hello> {
    let none = Variables::default();
    let line = under_launcher(
        launcher,
        2,
        &Job::default(),
        &Place {
            has_batch_system: false,
            ..Place::here()
        },
        &none,
    );
    let mut command = line.with_program(&none, program, &[]).command();
    for (name, _) in std::env::vars_os().filter(|(name, _)| is_of_batch_system(name)) {
        command.env_remove(name);
    }
    let ended = patience::run(&mut command, PATIENCE, folder).ok()?;
    Some(match ended.code {
        None => Hello::Hung(ended.seconds),
        Some(code) => Hello::Ended {
            launcher: launcher.command.display().to_string(),
            code,
            stdout: ended.stdout,
            stderr: ended.stderr,
            seconds: ended.seconds,
        },
    })
}

/// Launchers would start ranks on other machines of the job, which do not see the program.
fn is_of_batch_system(name: &OsString) -> bool {
    let name = name.to_string_lossy();
    let of = |start: &&str| name.starts_with(*start);
    ["SLURM_", "PBS_", "LSB_", "PMI_", "OMPI_COMM_WORLD_"]
        .iter()
        .any(of)
        || name.starts_with("PMIX_") && !name.starts_with("PMIX_MCA_")
}
