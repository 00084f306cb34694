//! Which programs there are: the files of some folders. Build scripts and suites ask here, so that a new program
//! needs no more than its file.
#![allow(dead_code, reason = "a build script needs only some of it")]

use std::fs;
use std::path::Path;

/// The folders of the package `programs`, with what the names of their programs start with.
pub(crate) const FOLDERS: [(&str, &str); 2] = [("pass", "pass"), ("faults", "fault")];

/// The names of the `.rs` files of a folder, sorted and without the ending.
///
/// # Panics
///
/// If the folder can't be read.
pub(crate) fn stems(folder: &Path) -> Vec<String> {
    let entries = folder.read_dir().expect("a folder");
    let mut names: Vec<String> = entries
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "rs"))
        .filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()))
        .collect();
    names.sort();
    names
}

/// The programs that share a binary, by name and path in the package.
pub(crate) fn shared(package: &Path) -> Vec<(String, String)> {
    let mut programs = all(package);
    programs.retain(|(_, path)| !is_listed(package, path));
    programs
}

/// The names of those that are binaries of their own.
pub(crate) fn alone(package: &Path) -> Vec<String> {
    let programs = all(package).into_iter();
    let alone = programs.filter(|(_, path)| is_listed(package, path));
    alone.map(|(name, _)| name).collect()
}

fn all(package: &Path) -> Vec<(String, String)> {
    let mut programs = Vec::new();
    for (folder, prefix) in FOLDERS {
        let stems = stems(&package.join(folder)).into_iter();
        programs.extend(stems.map(|stem| {
            let path = format!("{folder}/{stem}.rs");
            (format!("{prefix}_{stem}"), path)
        }));
    }
    programs
}

/// The manifest lists what is a binary of its own, each with the reason.
fn is_listed(package: &Path, path: &str) -> bool {
    let manifest = fs::read_to_string(package.join("Cargo.toml")).expect("the manifest");
    manifest.contains(&format!("path = \"{path}\""))
}
