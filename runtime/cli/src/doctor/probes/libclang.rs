//! Looks for libclang where the build script of the bindings does (`clang-sys`).

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::doctor::facts::Libclang;

pub(crate) fn found() -> Libclang {
    let told = env::var("LIBCLANG_PATH").ok();
    let found = match &told {
        Some(path) if Path::new(path).file_name().is_some_and(is_it) => {
            Some(PathBuf::from(path)).filter(|path| path.exists())
        }
        Some(path) => within(Path::new(path)),
        None => folders().iter().find_map(|folder| within(folder)),
    };
    Libclang { found, told }
}

fn folders() -> Vec<PathBuf> {
    let mut folders = Vec::new();
    let prefix = Command::new("llvm-config").arg("--prefix").output();
    if let Some(prefix) = prefix
        .ok()
        .and_then(|said| String::from_utf8(said.stdout).ok())
    {
        folders.extend(["lib", "lib64"].map(|name| Path::new(prefix.trim()).join(name)));
    }
    for variable in ["LD_LIBRARY_PATH", "LIBRARY_PATH"] {
        let value = env::var_os(variable).unwrap_or_default();
        folders.extend(env::split_paths(&value).filter(|path| path.is_absolute()));
    }
    folders.extend(
        [
            "/Library/Developer/CommandLineTools/usr/lib",
            "/usr/local/opt/llvm/lib",
        ]
        .map(PathBuf::from),
    );
    for parent in [
        "/usr/lib",
        "/usr/lib64",
        "/usr/local/lib",
        "/usr/local/lib64",
    ] {
        // Such as /usr/lib/x86_64-linux-gnu and /usr/lib/llvm-14/lib.
        folders.push(parent.into());
        let children = below(Path::new(parent));
        folders.extend(children.iter().flat_map(|child| below(child)));
        folders.extend(children);
    }
    folders
}

fn below(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .map(|entry| entry.path())
        .filter(|path| path.is_dir())
        .collect()
}

fn within(folder: &Path) -> Option<PathBuf> {
    let mut entries = fs::read_dir(folder).ok()?.flatten();
    entries
        .find(|entry| is_it(&entry.file_name()))
        .map(|entry| entry.path())
}

/// `libclang.so`, `libclang-14.so.1`, `libclang.dylib`; not `libclang-cpp.so`, nor `libclang.a`.
fn is_it(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    let Some(rest) = name.strip_prefix("libclang") else {
        return false;
    };
    let is_shared = rest.contains(".so") || rest.contains(".dylib");
    is_shared
        && (rest.starts_with('.')
            || rest.starts_with('-') && rest[1..].starts_with(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_known_by_its_name() {
        for name in [
            "libclang.so",
            "libclang-14.so.1",
            "libclang-14.so",
            "libclang.so.13",
            "libclang.dylib",
        ] {
            assert!(is_it(name.as_ref()), "{name}");
        }
        for name in [
            "libclang-cpp.so.14",
            "libclang.a",
            "libclangBasic.so",
            "clang",
        ] {
            assert!(!is_it(name.as_ref()), "{name}");
        }
    }
}
