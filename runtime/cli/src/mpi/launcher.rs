//! Launchers, and which one belongs to a library. The one of another family starts each rank as a job of its own, so a
//! launcher is never taken by its name alone: it says itself what it is.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::Vendor;
use crate::path::{find as find_program, folders, is_program};
use crate::problem::Problem;

/// A program that starts ranks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Launcher {
    pub(crate) vendor: Vendor,
    /// As it is typed: a name where the shell finds this one by it.
    pub(crate) command: PathBuf,
    /// In its own words.
    pub(crate) version: String,
}

/// The launcher for programs that are linked with this library.
pub(crate) fn find(vendor: Vendor, library: &Path) -> Result<Launcher, Problem> {
    let candidates = candidates(vendor, library, &folders());
    let programs = candidates.iter().filter(|path| is_program(path));
    let mut launchers = programs.filter_map(|path| of(path));
    let launcher = launchers.find(|launcher| launcher.vendor == vendor);
    let Some(launcher) = launcher else {
        let words = format!(
            "the program is linked with {vendor} ({}), and there is no `mpiexec` of it",
            library.display()
        );
        let help = match vendor {
            Vendor::OpenMpi => {
                "install it (`apt-get install openmpi-bin`, `dnf install openmpi`, `module load openmpi`)"
            }
            Vendor::Mpich => {
                "install it (`apt-get install mpich`, `dnf install mpich`, `module load mpich`)"
            }
        };
        return Err(Problem::new(
            words,
            format!("{help}, or name it: `--mpiexec PROGRAM`"),
        ));
    };
    Ok(as_typed(launcher))
}

/// What this program is, if it is a launcher.
pub(crate) fn of(command: &Path) -> Option<Launcher> {
    let said = Command::new(command)
        .arg("--version")
        .stdin(Stdio::null())
        .output()
        .ok()?;
    let said = String::from_utf8_lossy(&said.stdout).into_owned();
    let (vendor, version) = recognise(&said)?;
    Some(Launcher {
        vendor,
        command: command.to_owned(),
        version,
    })
}

/// The vendor and version of a launcher that says this of itself.
fn recognise(said: &str) -> Option<(Vendor, String)> {
    let mut lines = said.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next()?;
    if ["(OpenRTE)", "(Open MPI)", "Open MPI", "PRRTE"]
        .iter()
        .any(|words| first.contains(words))
    {
        let number = first.split(' ').next_back().unwrap_or_default();
        return Some((Vendor::OpenMpi, format!("Open MPI {number}")));
    }
    if first.starts_with("HYDRA build details") {
        let number = lines
            .find_map(|line| line.strip_prefix("Version:"))
            .unwrap_or_default();
        return Some((Vendor::Mpich, format!("MPICH {}", number.trim())));
    }
    first
        .contains("Intel(R) MPI Library")
        .then(|| (Vendor::Mpich, first.to_owned()))
}

/// Where a library's launcher can be, the likeliest place first: in the folders around the library, of which several versions
/// may be installed, then where the shell looks.
fn candidates(vendor: Vendor, library: &Path, folders: &[PathBuf]) -> Vec<PathBuf> {
    let around = library.ancestors().skip(1).map(|folder| folder.join("bin"));
    let places = around.chain(folders.iter().cloned());
    let names = [
        format!("mpiexec.{}", vendor.suffix()),
        "mpiexec".to_owned(),
        "mpirun".to_owned(),
    ];
    places
        .flat_map(|place| names.each_ref().map(|name| place.join(name)))
        .collect()
}

/// By its name alone where that is enough.
fn as_typed(launcher: Launcher) -> Launcher {
    let name = launcher.command.file_name().map(PathBuf::from);
    let found = name.as_ref().and_then(|name| find_program(name.to_str()?));
    let is_it =
        |found: PathBuf| Some(found.canonicalize().ok()? == launcher.command.canonicalize().ok()?);
    match name {
        Some(name) if found.and_then(is_it) == Some(true) => Launcher {
            command: name,
            ..launcher
        },
        _ => launcher,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn launchers_say_what_they_are() {
        let is = recognise;
        let version = |vendor, words: &str| Some((vendor, words.to_owned()));
        assert_eq!(
            is("mpiexec.openmpi (OpenRTE) 4.1.4\n\nReport bugs to http://x\n"),
            version(Vendor::OpenMpi, "Open MPI 4.1.4")
        );
        assert_eq!(
            is("mpirun (Open MPI) 5.0.3\n"),
            version(Vendor::OpenMpi, "Open MPI 5.0.3")
        );
        let hydra = "HYDRA build details:\n    Version:                                 4.0.2\n    CC: gcc\n";
        assert_eq!(is(hydra), version(Vendor::Mpich, "MPICH 4.0.2"));
        let intel = "Intel(R) MPI Library for Linux* OS, Version 2021.5 Build 20211102\n";
        assert_eq!(is(intel).map(|(vendor, _)| vendor), Some(Vendor::Mpich));
        assert_eq!(is("mpiexec from Slurm"), None);
        assert_eq!(is(""), None);
    }

    #[test]
    fn the_launcher_beside_the_library_comes_first() {
        let of = |library: &str| {
            candidates(
                Vendor::OpenMpi,
                Path::new(library),
                &["/home/me/bin".into()],
            )
        };
        let own = of("/opt/openmpi-5/lib/libmpi.so.40");
        let place = |wanted: &str| {
            own.iter()
                .position(|path| path == Path::new(wanted))
                .unwrap()
        };
        assert!(place("/opt/openmpi-5/bin/mpiexec") < place("/home/me/bin/mpiexec"));
        let debian = of("/usr/lib/x86_64-linux-gnu/openmpi/lib/libmpi.so.40.30.4");
        let place = |wanted: &str| {
            debian
                .iter()
                .position(|path| path == Path::new(wanted))
                .unwrap()
        };
        assert!(place("/usr/bin/mpiexec.openmpi") < place("/usr/bin/mpiexec"));
    }
}
