//! Whether a job that has ended is started again: when it was interrupted, or something killed it, but not when the program
//! itself failed, since it would do so again.

use std::ffi::{OsStr, OsString};
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use signal_hook::consts::{SIGBUS, SIGINT, SIGKILL, SIGSEGV, SIGTERM};

use crate::mpi::Vendor;
use crate::path::from_here;
use crate::problem::Problem;
use crate::request::Resume;

/// "Try again": what a program returns that SIGUSR1 has interrupted.
const INTERRUPTED: i32 = 75;

/// What kills from outside, by number and name. A program that aborts (SIGABRT) says by that that it has failed.
const KILLERS: [(i32, &str); 3] = [
    (SIGKILL, "SIGKILL"),
    (SIGBUS, "SIGBUS"),
    (SIGSEGV, "SIGSEGV"),
];

/// A rank is gone when its launcher is; the folder is free when it is gone.
const SOON: Duration = Duration::from_secs(1);

/// Ranks without a launcher notice it after two seconds or so.
const AFTER_LAUNCHER: Duration = Duration::from_secs(5);

/// How a job ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct End {
    pub(crate) code: i32,
    /// That the process died of which we started: the launcher, or the program.
    pub(crate) signal: Option<i32>,
    /// The signal that came to us and asked for the end.
    pub(crate) asked: Option<i32>,
}

/// What starts a job and waits for its end.
pub(crate) trait Start {
    fn start(&mut self) -> Result<End, Problem>;
    fn wait_before_next(&mut self, time: Duration);
}

/// The folder for what is finished, if any is to be kept: the one that was told, that of the environment, or one beside
/// `target`, which outlives `cargo clean`.
pub(crate) fn folder(
    resume: Option<&Resume>,
    in_environment: Option<OsString>,
    workspace: &Path,
    program: &str,
) -> Option<OsString> {
    let beside_target = || from_here(&workspace.join("checkpoints").join(program)).into();
    Some(match resume? {
        Resume::Folder(folder) => folder.into(),
        Resume::Usual => in_environment.unwrap_or_else(beside_target),
    })
}

/// Starts a job, up to so many times more, and returns its last exit code.
pub(crate) fn repeat(
    restarts: u32,
    vendor: Option<Vendor>,
    kept: Option<&OsStr>,
    jobs: &mut impl Start,
) -> Result<ExitCode, Problem> {
    let mut started = 0;
    let exit_code = |end| ExitCode::from(u8::try_from(shown_code(end, vendor)).unwrap_or(1));
    loop {
        let end = jobs.start()?;
        match killed(end, vendor) {
            Some(reason) if started < restarts => {
                started += 1;
                eprintln!(
                    "note: the job {reason}; it is started again ({started} of {restarts}), and goes on where it was"
                );
                jobs.wait_before_next(if end.signal.is_some() {
                    AFTER_LAUNCHER
                } else {
                    SOON
                });
            }
            Some(reason) if restarts > 0 => {
                eprintln!(
                    "note: the job {reason}; it is not started again: that was done {restarts} times"
                );
                return Ok(exit_code(end));
            }
            _ => {
                say_end(end, shown_code(end, vendor), restarts, kept);
                return Ok(exit_code(end));
            }
        }
    }
}

/// Why the job has ended, if it was killed or interrupted, in words that follow "the job".
fn killed(end: End, vendor: Option<Vendor>) -> Option<String> {
    if end.asked.is_some() {
        return None;
    }
    let name = |number: i32| Some(KILLERS.iter().find(|(killer, _)| *killer == number)?.1);
    if let Some(signal) = end.signal {
        return Some(format!("died of {}", name(signal)?));
    }
    if end.code == INTERRUPTED {
        return Some(format!("was interrupted (exit code {INTERRUPTED})"));
    }
    // Open MPI's launcher returns it as a shell does, MPICH's the bare number.
    let bare = (vendor == Some(Vendor::Mpich)).then_some(end.code);
    let killer = name(end.code - 128).or_else(|| name(bare?))?;
    Some(format!(
        "was ended by {killer} of a rank (exit code {})",
        end.code
    ))
}

/// What a user may not expect about an end that nothing is done about.
fn say_end(end: End, code: i32, restarts: u32, kept: Option<&OsStr>) {
    let Some(folder) = kept.map(OsStr::display) else {
        return;
    };
    match end {
        End {
            code: 0,
            signal: None,
            asked: None,
        } => {
            eprintln!(
                "note: what is finished is kept in {folder}; delete it when you have the results"
            );
        }
        End { asked: Some(_), .. } => eprintln!(
            "note: what is finished is kept in {folder}; the same command goes on from there"
        ),
        _ if restarts > 0 => {
            eprintln!(
                "note: the job is not started again: by exit code {code}, the program itself failed, or somebody ended it"
            );
        }
        _ => {}
    }
}

/// As a shell shows it. MPICH's launcher returns 0 when ranks die of Ctrl-C before they have begun with MPI.
fn shown_code(end: End, vendor: Option<Vendor>) -> i32 {
    let denied = end.asked.filter(|signal| {
        vendor == Some(Vendor::Mpich) && end.code == 0 && [SIGINT, SIGTERM].contains(signal)
    });
    end.signal
        .or(denied)
        .map_or(end.code, |signal| 128 + signal)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Jobs that end so, one after another.
    struct Ends(Vec<End>);

    impl Start for Ends {
        fn start(&mut self) -> Result<End, Problem> {
            Ok(self.0.remove(0))
        }

        fn wait_before_next(&mut self, _: Duration) {}
    }

    fn code(code: i32) -> End {
        End {
            code,
            ..End::default()
        }
    }

    fn is_killed(end: End, vendor: Option<Vendor>) -> bool {
        killed(end, vendor).is_some()
    }

    #[test]
    fn interruptions_and_killed_ranks_are_no_fault_of_the_program() {
        for vendor in [None, Some(Vendor::OpenMpi), Some(Vendor::Mpich)] {
            assert!(is_killed(code(75), vendor));
            assert!(is_killed(code(137), vendor));
            assert!(is_killed(
                End {
                    signal: Some(9),
                    ..End::default()
                },
                vendor
            ));
            assert!(is_killed(code(9), vendor) == (vendor == Some(Vendor::Mpich)));
        }
    }

    #[test]
    fn failures_and_wishes_are_not_repeated() {
        // An end, an error, a panic, an abort, Ctrl-C, and a SIGTERM that somebody sent to the ranks.
        for vendor in [None, Some(Vendor::OpenMpi), Some(Vendor::Mpich)] {
            for number in [0, 1, 2, 101, 134, 6, 130, 143, 15] {
                assert!(!is_killed(code(number), vendor), "{number}");
            }
            assert!(!is_killed(
                End {
                    asked: Some(2),
                    ..code(75)
                },
                vendor
            ));
            assert!(!is_killed(
                End {
                    signal: Some(15),
                    ..End::default()
                },
                vendor
            ));
        }
    }

    #[test]
    fn the_folder_is_the_one_that_was_told() {
        let of = |resume: Option<Resume>, variable: Option<&str>| {
            folder(
                resume.as_ref(),
                variable.map(Into::into),
                Path::new("/a"),
                "sim",
            )
        };
        let told = Resume::Folder("kept".to_owned());
        assert_eq!(of(Some(told), Some("other")), Some("kept".into()));
        assert_eq!(of(Some(Resume::Usual), Some("other")), Some("other".into()));
        assert_eq!(
            of(Some(Resume::Usual), None),
            Some("/a/checkpoints/sim".into())
        );
        assert_eq!(
            of(None, Some("other")),
            None,
            "the environment has it already"
        );
    }

    #[test]
    fn a_launcher_that_was_interrupted_may_say_that_all_went_well() {
        let asked = End {
            asked: Some(SIGINT),
            ..End::default()
        };
        assert_eq!(shown_code(asked, Some(Vendor::Mpich)), 130);
        assert_eq!(shown_code(asked, None), 0, "it handles that signal itself");
        assert_eq!(
            shown_code(End { code: 75, ..asked }, Some(Vendor::Mpich)),
            75
        );
        assert_eq!(
            shown_code(
                End {
                    signal: Some(SIGINT),
                    ..asked
                },
                None
            ),
            130
        );
    }

    #[test]
    fn a_job_is_started_no_more_often_than_allowed() {
        let run = |restarts, ends: &[i32]| {
            let mut ends = Ends(ends.iter().map(|number| code(*number)).collect());
            let last = repeat(restarts, None, None, &mut ends).unwrap();
            (last, ends.0.len())
        };
        assert_eq!(run(3, &[137, 75, 0]), (ExitCode::SUCCESS, 0));
        assert_eq!(run(1, &[137, 75, 0]), (ExitCode::from(75), 1));
        assert_eq!(run(0, &[137, 0]), (ExitCode::from(137), 1));
        assert_eq!(run(3, &[137, 101, 0]), (ExitCode::from(101), 1));
    }
}
