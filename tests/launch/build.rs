//! The programs in every variant, built once per run: all of them for tests, single ones as releases.

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, OnceLock, PoisonError, RwLock, RwLockReadGuard};

use crate::{Vendor, catalogue, workspace};

/// The binary of most programs.
const SHARED: &str = "programs";

/// The program that there are two builds of: the binary, and an example of the same name.
const TWO_BUILDS: &str = "simulation";

/// What the second of them is called when it is run.
const OLD_BUILD: &str = "simulation_old";

/// A build keeps all cores busy: jobs that run meanwhile are late, and launchers take a late rank for a dead one.
static MACHINE: RwLock<()> = RwLock::new(());

/// For as long as this is held, no build begins.
pub(crate) fn without_builds() -> RwLockReadGuard<'static, ()> {
    MACHINE.read().unwrap_or_else(PoisonError::into_inner)
}

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
            cargo.arg("--keep-going");
            for package in ["examples", "programs", "c-function"] {
                cargo.args(["-p", &format!("parallel-for-{package}")]);
            }
            for name in binaries(self) {
                cargo.args(["--bin", &name]);
            }
            if matches!(self, Self::Mpi(_)) {
                cargo.args(["--example", TWO_BUILDS]);
            }
            // Nobody debugs these, and linking them is much of the work.
            cargo.env("CARGO_PROFILE_DEV_DEBUG", "false");
            self.build(&mut cargo);
            self.name_programs();
        });
        self.folder().join("programs").join(name)
    }

    /// Makes the folder of all programs by their names: those that share a binary tell by it which they are.
    fn name_programs(self) {
        let folder = self.folder().join("programs");
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("a folder below target");
        let link = |binary: &str, name: &str| {
            let binary = Path::new("../debug").join(binary);
            symlink(binary, folder.join(name)).expect("a link below target");
        };
        for name in binaries(self) {
            link(&name, &name);
        }
        for (name, _) in catalogue::shared(&package()) {
            link(SHARED, &name);
        }
        if matches!(self, Self::Mpi(_)) {
            link(&format!("examples/{TWO_BUILDS}"), OLD_BUILD);
        }
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
            self.build(cargo.args(["--release", "-p", "parallel-for-programs", "--bin", name]));
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
                cargo.args(["--features", "mpi,parallel-for-programs/contract"]);
                cargo.env("MPICC", vendor.compiler());
            }
        }
        cargo
    }

    fn build(self, cargo: &mut Command) {
        let _alone = MACHINE.write().unwrap_or_else(PoisonError::into_inner);
        let status = cargo.status().expect("cargo starts");
        assert!(status.success(), "the programs don't compile: {self:?}");
    }

    /// What this variant is built in.
    #[must_use]
    pub fn folder(self) -> PathBuf {
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

/// What the suites run of a variant, by the names of the binaries.
fn binaries(variant: Variant) -> Vec<String> {
    let mut names = catalogue::stems(&workspace().join("examples"));
    names.push("c_function".to_owned());
    names.push(SHARED.to_owned());
    names.extend(catalogue::alone(&package()));
    if matches!(variant, Variant::Mpi(_)) {
        names.push("contract".to_owned());
        names.push("finalize".to_owned());
        names.push(TWO_BUILDS.to_owned());
    }
    names
}

/// The folder of the package that the programs are in.
fn package() -> PathBuf {
    workspace().join("tests/programs")
}

pub(crate) fn target_folder() -> PathBuf {
    let folder = env::var_os("CARGO_TARGET_DIR").map_or_else(|| "target".into(), PathBuf::from);
    workspace().join(folder)
}
