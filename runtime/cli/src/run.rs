//! `run`: builds a program, finds the launcher of the library that it was linked with, and starts it, again where that is
//! asked for and of use.

mod build;
mod command_line;
mod feature;
mod job;
#[cfg(test)]
mod made_up;
mod program;
mod restarts;
mod variables;

use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::mpi::{Launcher, find_launcher, launcher_of, linked, of_builds};
use crate::path::{find, from_here};
use crate::problem::Problem;
use crate::request::Run;
use job::Jobs;

pub(crate) use command_line::{CommandLine, Place, under_launcher};
pub(crate) use variables::Variables;

pub(crate) fn run(request: &Run) -> Result<ExitCode, Problem> {
    let metadata = build::metadata(&request.build)?;
    let program = program::choose(&metadata, &request.build)?;
    let feature = feature::of_mpi(&metadata, program.package)?;
    let feature = request.ranks.is_some().then_some(&*feature);
    let executable = match build::build(&request.build, &program, feature)? {
        Ok(executable) => from_here(&executable),
        Err(code) => return Ok(code),
    };
    let kept = restarts::folder(
        request.resume.as_ref(),
        std::env::var_os("PARALLEL_FOR_CHECKPOINT"),
        metadata.workspace_root.as_std_path(),
        program.target.name(),
    );
    let environment = std::env::vars_os().filter_map(|(name, _)| name.into_string().ok());
    let is_terminal = std::io::stderr().is_terminal();
    let variables = Variables::new(&request.job, kept.as_deref(), is_terminal, environment);
    let launcher = match request.ranks {
        // Without a launcher it is rank 0 of 1.
        None | Some(1) if request.job.hosts.is_none() && request.job.mpiexec.is_none() => None,
        _ => Some(launcher(request, &executable)?),
    };
    let command = match (&launcher, request.ranks) {
        (Some(launcher), Some(ranks)) => {
            under_launcher(launcher, ranks, &request.job, &Place::here(), &variables)
        }
        _ => CommandLine::default(),
    };
    let command = command.with_program(&variables, &executable, &request.job.arguments);
    let vendor = launcher.map(|launcher| launcher.vendor);
    restarts::repeat(
        request.restarts,
        vendor,
        kept.as_deref(),
        &mut Jobs::new(&command)?,
    )
}

/// The launcher that was asked for, or that of the library which the program is linked with.
fn launcher(request: &Run, executable: &Path) -> Result<Launcher, Problem> {
    if let Some(name) = &request.job.mpiexec {
        let launcher = find(name).and_then(|path| launcher_of(&path));
        let launcher = launcher.map(|launcher| Launcher {
            command: PathBuf::from(name),
            ..launcher
        });
        return launcher.ok_or_else(|| {
            let words = format!(
                "`{name}` is no launcher of Open MPI or MPICH, by what it says to `--version`"
            );
            Problem::new(
                words,
                "name one, or leave out `--mpiexec`: then it is the one of the program's library",
            )
        });
    }
    let (vendor, library) = linked(executable)?;
    if let Some(wanted) = of_builds().vendor().filter(|wanted| *wanted != vendor) {
        let clean = [
            &["cargo clean -p mpi-sys"],
            &build::profile(&request.build)[..],
        ]
        .concat();
        eprintln!(
            "warning: a build would take {wanted} now, but this program is linked with {vendor}, by an earlier build\n\
             help: `{}`, or a `--target-dir` for each MPI",
            clean.join(" ")
        );
    }
    find_launcher(vendor, &library)
}
