//! The Slurm of all tests, and which MPI fits it.

use std::io::{BufRead as _, BufReader, Write as _, stderr};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

use parallel_for_tests::{Vendor, skipped, workspace};

/// Each MPI with what its ranks are started by.
pub(crate) const FITTING: [(Vendor, &str); 2] =
    [(Vendor::OpenMpi, "pmix"), (Vendor::Mpich, "pmi2")];

/// A Slurm that runs until its standard input ends: with this process, however that ends.
pub(crate) struct Cluster {
    _script: Child,
    configuration: String,
}

impl Cluster {
    /// The one of all tests, for an MPI whose ranks are started by this `--mpi`; `None`, and says so, where this machine
    /// lacks one of them.
    pub(crate) fn of(vendor: Vendor, mpi: &str) -> Option<&'static Self> {
        if skipped(vendor, "slurm") {
            return None;
        }
        Self::get().filter(|cluster| cluster.has(mpi))
    }

    /// `None`, and says so, where there can't be any.
    fn get() -> Option<&'static Self> {
        static CLUSTER: OnceLock<Option<Cluster>> = OnceLock::new();
        let start = || match Self::start() {
            Ok(cluster) => Some(cluster),
            Err(reason) => {
                // Not `eprintln!`, which the test runner captures.
                let _ = writeln!(stderr(), "SKIPPED the suite `slurm`: {reason}");
                None
            }
        };
        CLUSTER.get_or_init(start).as_ref()
    }

    fn start() -> Result<Self, String> {
        let mut script = Command::new(workspace().join("tests/slurm/cluster"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| error.to_string())?;
        let mut line = String::new();
        let said = script.stdout.take().expect("it is piped");
        let read = BufReader::new(said).read_line(&mut line);
        match line.trim().strip_prefix("ready ") {
            Some(folder) => Ok(Self {
                configuration: format!("{folder}/slurm.conf"),
                _script: script,
            }),
            None => Err(format!("{} {read:?}", line.trim())),
        }
    }

    /// One of its tools.
    pub(crate) fn command(&self, tool: &str) -> Command {
        let mut command = Command::new(tool);
        command.env("SLURM_CONF", &self.configuration);
        command
    }

    /// Whether its srun has this `--mpi`; says so if it hasn't.
    fn has(&self, mpi: &str) -> bool {
        let listed = self.command("srun").arg("--mpi=list").output();
        let listed = listed.expect("srun starts");
        let words = [listed.stdout, listed.stderr].concat();
        let has = String::from_utf8_lossy(&words)
            .lines()
            .any(|line| line.trim() == mpi);
        if !has {
            let _ = writeln!(stderr(), "SKIPPED srun --mpi={mpi}: this Slurm has none");
        }
        has
    }
}
