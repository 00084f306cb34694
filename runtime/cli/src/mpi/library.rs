//! Which MPI library a program is really linked with. What it was to be linked with is another question: cargo does not
//! build anew when `MPICC` changes.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::Vendor;
use crate::problem::Problem;

/// The MPI library of a program, with the file that the system takes it from.
pub(crate) fn linked(program: &Path) -> Result<(Vendor, PathBuf), Problem> {
    let tool: &[&str] = if cfg!(target_os = "macos") {
        &["otool", "-L"]
    } else {
        &["ldd"]
    };
    let help = "name the launcher of its library: `--mpiexec PROGRAM`";
    let listing = Command::new(tool[0]).args(&tool[1..]).arg(program).output();
    let listing = listing.map_err(|error| {
        let tool = tool.join(" ");
        Problem::new(
            format!("`{tool}`, which tells the libraries of a program, did not start: {error}"),
            help,
        )
    })?;
    let shown = program.display();
    let (name, path) = mpi_in(&String::from_utf8_lossy(&listing.stdout)).ok_or_else(|| {
        let words = format!("{shown} is linked with no MPI library, or not dynamically");
        Problem::new(words, format!("{help}; `ldd {shown}` lists its libraries"))
    })?;
    let path = path.ok_or_else(|| {
        let words = format!("{shown} is linked with {name}, which is not found on this machine");
        Problem::new(
            words,
            "add its folder to LD_LIBRARY_PATH, or load the module that the program was built with",
        )
    })?;
    let path = fs::canonicalize(&path).unwrap_or(path);
    let vendor = by_name(&name).or_else(|| by_contents(&fs::read(&path).ok()?));
    let vendor = vendor.ok_or_else(|| {
        Problem::new(
            format!(
                "{}, which {shown} is linked with, is no MPI library that is known here",
                path.display()
            ),
            help,
        )
    })?;
    Ok((vendor, path))
}

/// The MPI library in a list of libraries: its name, and its path if it is found. Some vendors put a compiler into the name,
/// as `libmpi_cray`; with others such a name is that of a part for another language.
fn mpi_in(listing: &str) -> Option<(String, Option<PathBuf>)> {
    let libraries: Vec<_> = listing.lines().filter_map(listed).collect();
    let starts = |start: &str| libraries.iter().find(|(name, _)| name.starts_with(start));
    ["libmpi.", "libmpich.", "libmpi_"]
        .into_iter()
        .find_map(starts)
        .cloned()
}

/// `libmpi.so.40 => /usr/lib/libmpi.so.40 (0x…)`, or `=> not found`; on macOS `/opt/lib/libmpi.40.dylib (compat…)`.
fn listed(line: &str) -> Option<(String, Option<PathBuf>)> {
    let line = line.trim();
    let (library, found) = line.split_once(" => ").unwrap_or((line, line));
    let name = library.split(" (").next()?.rsplit('/').next()?;
    let path = found
        .split(" (")
        .next()
        .filter(|path| path.starts_with('/'));
    Some((name.to_owned(), path.map(PathBuf::from)))
}

/// By a name that only one family has. `libmpi.so.12` is MPICH's, and was that of Open MPI 1.10.
fn by_name(name: &str) -> Option<Vendor> {
    if name.starts_with("libmpich.") {
        return Some(Vendor::Mpich);
    }
    let mut numbers = name
        .strip_prefix("libmpi.")?
        .split('.')
        .filter_map(|part| part.parse::<u32>().ok());
    (numbers.next()? >= 20).then_some(Vendor::OpenMpi)
}

/// By the words in which a library tells its version.
fn by_contents(bytes: &[u8]) -> Option<Vendor> {
    let has = |words: &str| {
        bytes
            .windows(words.len())
            .any(|window| window == words.as_bytes())
    };
    if has("Open MPI v") {
        return Some(Vendor::OpenMpi);
    }
    [
        "MPICH Version",
        "MPICH version",
        "Intel(R) MPI Library",
        "MVAPICH",
    ]
    .into_iter()
    .any(has)
    .then_some(Vendor::Mpich)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(listing: &str) -> Option<(String, Option<String>)> {
        let (name, path) = mpi_in(listing)?;
        Some((name, path.map(|path| path.display().to_string())))
    }

    fn library(name: &str, path: Option<&str>) -> (String, Option<String>) {
        (name.to_owned(), path.map(ToOwned::to_owned))
    }

    #[test]
    fn a_library_is_found_in_what_the_system_lists() {
        let listing = "\tlinux-vdso.so.1 (0x00007ffd)\n\
            \tlibmpi.so.40 => /lib/x86_64-linux-gnu/libmpi.so.40 (0x00007efd0c782000)\n\
            \tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007efd)\n";
        assert_eq!(
            found(listing),
            Some(library(
                "libmpi.so.40",
                Some("/lib/x86_64-linux-gnu/libmpi.so.40")
            ))
        );
        let lost = "\tlibmpich.so.12 => not found\n";
        assert_eq!(found(lost), Some(library("libmpich.so.12", None)));
        let mac = "/a/target/release/sim:\n\t/opt/homebrew/opt/open-mpi/lib/libmpi.40.dylib (compatibility version 81.0.0)\n";
        assert_eq!(
            found(mac),
            Some(library(
                "libmpi.40.dylib",
                Some("/opt/homebrew/opt/open-mpi/lib/libmpi.40.dylib")
            ))
        );
        assert_eq!(found("\tlibc.so.6 => /lib/libc.so.6 (0x1)\n"), None);
        assert_eq!(found("\tstatically linked\n"), None);
        let parts = "\tlibmpi_cxx.so.40 => /lib/libmpi_cxx.so.40 (0x1)\n\tlibmpi.so.40 => /lib/libmpi.so.40 (0x2)\n";
        assert_eq!(
            found(parts),
            Some(library("libmpi.so.40", Some("/lib/libmpi.so.40")))
        );
        let cray = "\tlibmpi_gnu_123.so.12 => /opt/cray/libmpi_gnu_123.so.12 (0x1)\n";
        let path = Some("/opt/cray/libmpi_gnu_123.so.12");
        assert_eq!(found(cray), Some(library("libmpi_gnu_123.so.12", path)));
    }

    #[test]
    fn names_tell_where_only_one_family_has_them() {
        assert_eq!(by_name("libmpi.so.40"), Some(Vendor::OpenMpi));
        assert_eq!(by_name("libmpi.40.dylib"), Some(Vendor::OpenMpi));
        assert_eq!(by_name("libmpich.so.12"), Some(Vendor::Mpich));
        assert_eq!(
            by_name("libmpi.so.12"),
            None,
            "MPICH, Intel MPI, or an old Open MPI"
        );
        assert_eq!(by_name("libmpi.so"), None);
    }

    #[test]
    fn elsewhere_the_file_tells() {
        assert_eq!(by_contents(b"\0Open MPI v%d.%d\0"), Some(Vendor::OpenMpi));
        assert_eq!(by_contents(b"\0MPICH Version:\t%s\0"), Some(Vendor::Mpich));
        assert_eq!(
            by_contents(b"\0Intel(R) MPI Library %s\0"),
            Some(Vendor::Mpich)
        );
        assert_eq!(by_contents(b"nothing of MPI"), None);
    }
}
