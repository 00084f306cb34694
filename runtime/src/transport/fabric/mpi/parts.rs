//! The files with parts that an MPI library loads as it starts; each vendor has a folder of them beside the library.
//!
//! Invariant: what can't be found is no part; nobody is to conclude anything from an empty list.

use std::fs;
use std::path::{Path, PathBuf};

/// Where Open MPI keeps them, beside its library: as it is built usually, and as Debian builds it.
const FOLDERS: [&str; 2] = ["openmpi", "openmpi/lib/openmpi3"];

/// Their names.
pub(super) fn list() -> Vec<String> {
    let maps = fs::read_to_string("/proc/self/maps").unwrap_or_default();
    let Some(library) = maps.lines().find_map(library) else {
        return Vec::new();
    };
    let library = fs::canonicalize(&library).unwrap_or(library);
    let folders = FOLDERS.iter().filter_map(|name| {
        let folder = library.parent()?.join(name);
        fs::read_dir(folder).ok()
    });
    let files = folders.flatten().flatten();
    files
        .map(|file| file.file_name().to_string_lossy().into_owned())
        .collect()
}

/// The MPI library, where a line of the process's map of memory is of it.
fn library(line: &str) -> Option<PathBuf> {
    let path = Path::new(&line[line.find('/')?..]);
    let name = path.file_name()?.to_str()?;
    name.starts_with("libmpi.so").then(|| path.to_owned())
}
