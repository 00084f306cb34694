//! The programs in every variant, built once per run: all of them for tests, single ones as releases.

use std::collections::BTreeSet;
use std::env;
use std::path::PathBuf;
use std::process::Command;
use std::sync::{Mutex, OnceLock, PoisonError};

use crate::{Vendor, workspace};

/// What the programs are built for.
#[derive(Clone, Copy, Debug)]
pub enum Variant {
    /// The loops as they are written: what every other variant has to equal.
    Sequential,
    /// As by a plain `cargo build`: the cores of one process.
    Plain,
    /// Linked with an MPI.
    Mpi(Vendor),
}

impl Variant {
    /// The binary of this name; builds the variant if no one has yet.
    ///
    /// # Panics
    ///
    /// If the programs don't compile.
    #[must_use]
    pub fn binary(self, name: &str) -> PathBuf {
        static BUILT: [OnceLock<()>; 4] = [const { OnceLock::new() }; 4];
        BUILT[self.index()].get_or_init(|| {
            let mut cargo = self.cargo();
            cargo
                .args(["--bins", "--keep-going"])
                .args(["-p", "parallel-for-examples", "-p", "parallel-for-tests"])
                .args(["-p", "parallel-for-c-function"])
                // Nobody debugs these, and linking them is most of the work.
                .env("CARGO_PROFILE_DEV_DEBUG", "false");
            self.build(&mut cargo);
        });
        self.folder().join("debug").join(name)
    }

    /// The binary of this name, optimised as for users; builds it, and no other, if no one has yet.
    ///
    /// # Panics
    ///
    /// If it doesn't compile.
    #[must_use]
    pub fn optimised(self, name: &str) -> PathBuf {
        static BUILT: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());
        let binary = self.folder().join("release").join(name);
        let mut built = BUILT.lock().unwrap_or_else(PoisonError::into_inner);
        if !built.contains(&binary) {
            let mut cargo = self.cargo();
            self.build(cargo.args(["--release", "-p", "parallel-for-tests", "--bin", name]));
            built.insert(binary.clone());
        }
        binary
    }

    /// A build of this variant that does not say yet of what.
    fn cargo(self) -> Command {
        let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo
            .args(["build", "--quiet", "--target-dir"])
            .arg(self.folder())
            .current_dir(workspace());
        match self {
            Self::Sequential => {
                cargo.args(["--features", "sequential"]);
            }
            Self::Plain => {}
            Self::Mpi(vendor) => {
                cargo.args(["--features", "mpi,parallel-for-tests/contract"]);
                cargo.env("MPICC", vendor.compiler());
            }
        }
        cargo
    }

    fn build(self, cargo: &mut Command) {
        let status = cargo.status().expect("cargo starts");
        assert!(status.success(), "the programs don't compile: {self:?}");
    }

    fn folder(self) -> PathBuf {
        let names = ["sequential", "plain", "openmpi", "mpich"];
        target_folder().join("variants").join(names[self.index()])
    }

    fn index(self) -> usize {
        match self {
            Self::Sequential => 0,
            Self::Plain => 1,
            Self::Mpi(Vendor::OpenMpi) => 2,
            Self::Mpi(Vendor::Mpich) => 3,
        }
    }
}

pub(crate) fn target_folder() -> PathBuf {
    let folder = env::var_os("CARGO_TARGET_DIR").map_or_else(|| "target".into(), PathBuf::from);
    workspace().join(folder)
}
