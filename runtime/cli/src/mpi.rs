//! MPI libraries, as far as commands have to tell them apart: by the words of their tools, and by their files.

mod choice;
mod launcher;
mod library;
mod wrapper;

use std::fmt::{self, Display};

pub(crate) use choice::{Choice, Compiler, of_builds};
pub(crate) use launcher::{Launcher, find as find_launcher, of as launcher_of};
pub(crate) use library::linked;
pub(crate) use wrapper::Wrapper;

/// A family of MPI libraries: those of one start each other's programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Vendor {
    OpenMpi,
    /// And what is made of it: Intel MPI, MVAPICH, Cray MPICH.
    Mpich,
}

impl Vendor {
    /// What its tools are called where there are several, as in `mpiexec.openmpi`.
    pub(crate) fn suffix(self) -> &'static str {
        match self {
            Self::OpenMpi => "openmpi",
            Self::Mpich => "mpich",
        }
    }

    /// What `srun --mpi=` has to say for it.
    pub(crate) fn of_srun(self) -> &'static str {
        match self {
            Self::OpenMpi => "pmix",
            Self::Mpich => "pmi2",
        }
    }

    /// The other one.
    pub(crate) fn other(self) -> Self {
        match self {
            Self::OpenMpi => Self::Mpich,
            Self::Mpich => Self::OpenMpi,
        }
    }
}

impl Display for Vendor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::OpenMpi => "Open MPI",
            Self::Mpich => "MPICH",
        })
    }
}
