//! What probes find out about a machine, as data.

use std::path::PathBuf;

use crate::mpi::{Choice, Launcher, Wrapper};

/// All of it.
#[derive(Clone, Debug)]
pub(crate) struct Facts {
    pub(crate) system: System,
    /// What `cargo --version` and `rustc --version` say.
    pub(crate) tools: [(&'static str, Option<String>); 2],
    pub(crate) choice: Choice,
    /// All compiler wrappers that there are.
    pub(crate) wrappers: Vec<Wrapper>,
    pub(crate) mpiexec: Mpiexec,
    pub(crate) libclang: Libclang,
    pub(crate) resources: Resources,
    pub(crate) slurm: Slurm,
    /// `None` where there is nothing to compile or start it with.
    pub(crate) hello: Option<Hello>,
}

/// What software is installed by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct System {
    pub(crate) packages: Packages,
    /// As on clusters: `module load`.
    pub(crate) has_modules: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Packages {
    Apt,
    Dnf,
    Brew,
    #[default]
    Unknown,
}

/// The launchers.
#[derive(Clone, Debug, Default)]
pub(crate) struct Mpiexec {
    /// Where `mpiexec` is by its name, and what it is, if that is known.
    pub(crate) by_name: Option<(PathBuf, Option<Launcher>)>,
    /// The one of the library that builds take, by whatever name.
    pub(crate) fitting: Option<Launcher>,
}

/// The library that makes bindings while they are built.
#[derive(Clone, Debug)]
pub(crate) struct Libclang {
    pub(crate) found: Option<PathBuf>,
    /// The value of `LIBCLANG_PATH`, which alone counts then.
    pub(crate) told: Option<String>,
}

/// What a job can use of this machine.
#[derive(Clone, Debug, Default)]
pub(crate) struct Resources {
    /// Cores' worth of time, and how many cores they may be on.
    pub(crate) cores: usize,
    pub(crate) allowed: usize,
    /// In bytes: free memory, and the limit of the control group; free space in /dev/shm.
    pub(crate) memory: Option<u64>,
    pub(crate) memory_limit: Option<u64>,
    pub(crate) shared_memory: Option<u64>,
}

/// The batch system.
#[derive(Clone, Debug, Default)]
pub(crate) struct Slurm {
    /// Of the job that this runs in: its number, and its tasks.
    pub(crate) job: Option<String>,
    pub(crate) tasks: Option<String>,
    pub(crate) has_srun: bool,
    /// What `srun --mpi=list` names, where it answers.
    pub(crate) plugins: Option<Vec<String>>,
}

/// How two ranks in C fared.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Hello {
    /// The compiler's words.
    NotCompiled(String),
    /// After so many seconds they had to be ended.
    Hung(f64),
    Ended {
        launcher: String,
        code: i32,
        /// `hello RANK of SIZE`, a line each.
        stdout: String,
        stderr: String,
        seconds: f64,
    },
}
