//! The MPIs that programs are launched under, as far as they differ.

use std::env;
use std::io::{Write as _, stderr};
use std::process::Command;

use crate::Outcome;

/// What a shell shows for an end by SIGSEGV.
const SEGMENTATION_FAULT: i32 = 128 + 11;

/// What a shell shows for an end by SIGPIPE.
const BROKEN_PIPE: i32 = 128 + 13;

/// An implementation of MPI.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vendor {
    /// Open MPI.
    OpenMpi,
    /// MPICH.
    Mpich,
}

impl Vendor {
    /// Its compiler wrapper, by the name that keeps it apart from the other's.
    #[must_use]
    pub fn compiler(self) -> &'static str {
        match self {
            Self::OpenMpi => "mpicc.openmpi",
            Self::Mpich => "mpicc.mpich",
        }
    }

    /// Its launcher, likewise.
    #[must_use]
    pub fn launcher(self) -> &'static str {
        match self {
            Self::OpenMpi => "mpiexec.openmpi",
            Self::Mpich => "mpiexec.mpich",
        }
    }

    /// The other one.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::OpenMpi => Self::Mpich,
            Self::Mpich => Self::OpenMpi,
        }
    }

    /// The launcher's command line for a number of ranks, without the program.
    #[must_use]
    pub fn command(self, ranks: usize) -> Command {
        let mut command = Command::new(self.launcher());
        if self == Self::OpenMpi {
            command
                .arg("--oversubscribe")
                // Containers run as root.
                .env("OMPI_ALLOW_RUN_AS_ROOT", "1")
                .env("OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1")
                .env("OMPI_MCA_rmaps_base_oversubscribe", "1")
                // Fabrics only: looking for them costs most of the start on a single machine.
                .env("OMPI_MCA_pml", "^cm");
        }
        command.args(["-n", &ranks.to_string()]);
        command
    }

    /// Whether the launcher died, and not the program: in a race of its own, with any program that
    /// ends at once, or that is aborted.
    pub(crate) fn launcher_died(self, outcome: &Outcome) -> bool {
        match self {
            Self::OpenMpi => {
                let in_its_end = "mca_ess_hnp.so";
                outcome.code == SEGMENTATION_FAULT && outcome.stderr.contains(in_its_end)
            }
            Self::Mpich => outcome.code == BROKEN_PIPE,
        }
    }

    fn is_installed(self) -> bool {
        let path = env::var_os("PATH").unwrap_or_default();
        let exists = |tool: &str| env::split_paths(&path).any(|folder| folder.join(tool).exists());
        exists(self.launcher()) && exists(self.compiler())
    }
}

/// Whether a test has to do without this MPI; says so where `cargo test` doesn't hide it.
///
/// # Panics
///
/// If it is missing although `PARALLEL_FOR_TEST_REQUIRE_MPI=1` demands it.
#[must_use]
pub fn skipped(vendor: Vendor, test: &str) -> bool {
    if vendor.is_installed() {
        return false;
    }
    let (launcher, compiler) = (vendor.launcher(), vendor.compiler());
    let missing = format!("{test}: needs {launcher} and {compiler}");
    let required = env::var("PARALLEL_FOR_TEST_REQUIRE_MPI").is_ok_and(|value| value == "1");
    assert!(!required, "{missing}");
    // Not `eprintln!`, which the test runner captures. Nobody reads a closed standard error.
    let _ = writeln!(stderr(), "SKIPPED under {vendor:?}: {missing}");
    true
}
