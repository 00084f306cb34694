//! The commands that get what is missing, on each kind of system.

use crate::doctor::facts::{Packages, System};
use crate::mpi::Vendor;

/// An MPI library with its compiler wrapper and its launcher.
pub(super) fn mpi(system: System, vendor: Vendor) -> String {
    let package = match (system.packages, vendor) {
        (Packages::Apt, Vendor::OpenMpi) => "`apt-get install openmpi-bin libopenmpi-dev`",
        (Packages::Apt, Vendor::Mpich) => "`apt-get install mpich libmpich-dev`",
        (Packages::Dnf, Vendor::OpenMpi) => {
            "`dnf install openmpi-devel`, then `module load mpi/openmpi-x86_64`"
        }
        (Packages::Dnf, Vendor::Mpich) => {
            "`dnf install mpich-devel`, then `module load mpi/mpich-x86_64`"
        }
        (Packages::Brew, Vendor::OpenMpi) => "`brew install open-mpi`",
        (Packages::Brew, Vendor::Mpich) => "`brew install mpich`",
        (Packages::Unknown, Vendor::OpenMpi) => "install Open MPI with its `mpicc`",
        (Packages::Unknown, Vendor::Mpich) => "install MPICH with its `mpicc`",
    };
    if !system.has_modules {
        return package.to_owned();
    }
    let module = vendor.suffix();
    format!("`module load {module}` (`module avail` lists what there is), or {package}")
}

pub(super) fn libclang(system: System) -> String {
    let package = match system.packages {
        Packages::Apt => "`apt-get install libclang-dev`",
        Packages::Dnf => "`dnf install clang-devel`",
        Packages::Brew => "`brew install llvm`",
        Packages::Unknown => "install libclang",
    };
    let module = if system.has_modules {
        "`module load llvm`, or "
    } else {
        ""
    };
    format!("{module}{package}; one elsewhere is named by `export LIBCLANG_PATH=FOLDER`")
}

/// What compiles programs in C, and the header files that go with it.
pub(super) fn c_compiler(system: System) -> &'static str {
    match system.packages {
        Packages::Apt => "`apt-get install build-essential`",
        Packages::Dnf => "`dnf install gcc glibc-devel`",
        Packages::Brew => "`xcode-select --install`",
        Packages::Unknown => "install a C compiler",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_system_has_its_commands() {
        let system = |packages| System {
            packages,
            has_modules: false,
        };
        assert_eq!(
            mpi(system(Packages::Apt), Vendor::Mpich),
            "`apt-get install mpich libmpich-dev`"
        );
        assert!(
            mpi(system(Packages::Dnf), Vendor::OpenMpi).starts_with("`dnf install openmpi-devel`")
        );
        let cluster = System {
            packages: Packages::Dnf,
            has_modules: true,
        };
        assert!(mpi(cluster, Vendor::OpenMpi).starts_with("`module load openmpi`"));
        assert!(libclang(cluster).contains("`dnf install clang-devel`"));
        assert_eq!(
            c_compiler(system(Packages::Apt)),
            "`apt-get install build-essential`"
        );
    }
}
