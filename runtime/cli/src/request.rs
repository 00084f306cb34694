//! What a command line asks for, as data.

use std::ffi::OsString;

/// What is asked for.
#[derive(Debug)]
pub(crate) enum Request {
    Run(Box<Run>),
    Doctor,
}

/// What `run` is asked for.
#[derive(Debug, Default)]
pub(crate) struct Run {
    pub(crate) build: Build,
    /// Without a number there is one process, and no MPI.
    pub(crate) ranks: Option<u32>,
    pub(crate) job: Job,
    pub(crate) resume: Option<Resume>,
    pub(crate) restarts: u32,
}

/// What cargo is to build, and how.
#[derive(Debug, Default)]
pub(crate) struct Build {
    pub(crate) package: Option<String>,
    pub(crate) target: Option<Target>,
    pub(crate) features: Vec<String>,
    pub(crate) no_default_features: bool,
    pub(crate) profile: String,
    pub(crate) manifest: Option<OsString>,
    pub(crate) target_folder: Option<OsString>,
    /// Options that are cargo's own affair.
    pub(crate) passed_on: Vec<&'static str>,
}

/// A program by its kind and name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    Bin(String),
    Example(String),
}

/// How the built program is started.
#[derive(Debug, Default)]
pub(crate) struct Job {
    pub(crate) mpiexec: Option<String>,
    pub(crate) threads: Option<u32>,
    pub(crate) hosts: Option<Hosts>,
    pub(crate) progress: bool,
    pub(crate) report: Option<String>,
    pub(crate) timeline: Option<String>,
    /// Measures for a plan, up to some time.
    pub(crate) plan: Option<String>,
    pub(crate) arguments: Vec<OsString>,
}

/// The machines that ranks are started on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Hosts {
    Listed(Vec<String>),
    File(String),
}

/// Where the job keeps what is finished.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Resume {
    Usual,
    Folder(String),
}
