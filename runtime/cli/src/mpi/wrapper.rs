//! Compiler wrappers, and of which MPI they are.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use super::Vendor;
use crate::path::find;

/// An `mpicc`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Wrapper {
    /// As it is called.
    pub(crate) name: String,
    pub(crate) path: PathBuf,
    /// `None` for one that nobody knows here.
    pub(crate) vendor: Option<Vendor>,
}

impl Wrapper {
    /// The one of this name or path, where there is one.
    pub(crate) fn at(name: &str) -> Option<Self> {
        let path = find(name)?;
        let shown = Command::new(&path)
            .arg("-show")
            .stdin(Stdio::null())
            .output();
        let shown = shown.map(|shown| String::from_utf8_lossy(&shown.stdout).into_owned());
        let real = path.canonicalize().unwrap_or_else(|_| path.clone());
        Some(Self {
            name: name.to_owned(),
            vendor: recognise(&format!("{} {}", real.display(), shown.unwrap_or_default())),
            path,
        })
    }
}

/// By where it is, and by the command line that it shows.
pub(super) fn recognise(words: &str) -> Option<Vendor> {
    let has = |parts: &[&str]| parts.iter().any(|part| words.contains(part));
    if has(&["openmpi", "open-mpi", "opal_wrapper"]) {
        return Some(Vendor::OpenMpi);
    }
    has(&["mpich", "mvapich", "-lmpifort", "/intel/"]).then_some(Vendor::Mpich)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_lines_of_wrappers_name_their_libraries() {
        let openmpi =
            "/usr/bin/opal_wrapper gcc -I/usr/lib/x86_64-linux-gnu/openmpi/include -lmpi\n";
        assert_eq!(recognise(openmpi), Some(Vendor::OpenMpi));
        let mpich =
            "/usr/bin/mpicc.mpich gcc -Wl,-z,relro -I/usr/include/x86_64-linux-gnu/mpich -lmpich\n";
        assert_eq!(recognise(mpich), Some(Vendor::Mpich));
        let intel = "/opt/intel/oneapi/mpi/bin/mpicc gcc -I\"/opt/intel/mpi/include\" -lmpifort -lmpi -lrt\n";
        assert_eq!(recognise(intel), Some(Vendor::Mpich));
        assert_eq!(recognise("/opt/mpi/bin/mpicc gcc -lmpi"), None);
    }
}
