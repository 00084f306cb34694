//! `sha256sum` for whole folders: `sha256 [DIR...]` hashes every regular file below them.
//!
//! The output is that of `sha256sum` on the sorted list of the files, byte for byte, and so is
//! the exit code: 1 if a file could not be read, after all others were hashed.
//!
//! ```sh
//! cargo run --release --bin sha256 -- src tests
//!
//! cargo build --release --features mpi
//! mpiexec -n 4 target/release/sha256 src tests
//! ```

use std::env;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use parallel_for::parallel_for;
use sha2::{Digest, Sha256};
use walkdir::WalkDir;

#[parallel_for]
fn main() -> ExitCode {
    let start = Instant::now();
    let (files, mut errors) = list_files();
    let mut lines = Vec::new();
    let mut sizes = Vec::new();
    for file in &files {
        match hash(file) {
            Ok((digest, size)) => {
                lines.extend(line(&digest, file));
                sizes.push(size);
            }
            Err(error) => errors.push(format!("{}: {error}", file.display())),
        }
    }

    if let Err(error) = io::stdout().write_all(&lines) {
        errors.push(format!("standard output: {error}"));
    }
    for error in &errors {
        eprintln!("sha256: {error}");
    }
    let bytes: u64 = sizes.iter().sum();
    let milliseconds = start.elapsed().as_millis().max(1);
    let rate = u128::from(bytes) * 1000 / milliseconds;
    eprintln!("{} files, {bytes} bytes, {rate} bytes/s", sizes.len());
    ExitCode::from(u8::from(!errors.is_empty()))
}

/// All regular files below the folders of the command line, and what could not be listed.
///
/// Every rank makes this list itself and only indices travel, so it has to be the same list
/// everywhere: a folder's own order is up to the file system, the sorted one is not.
fn list_files() -> (Vec<PathBuf>, Vec<String>) {
    let mut folders: Vec<_> = env::args_os().skip(1).collect();
    if folders.is_empty() {
        folders.push(".".into());
    }
    let (mut files, mut errors) = (Vec::new(), Vec::new());
    for entry in folders.iter().flat_map(WalkDir::new) {
        match entry {
            Ok(entry) if entry.file_type().is_file() => files.push(entry.into_path()),
            Ok(_) => {}
            Err(error) => errors.push(error.to_string()),
        }
    }
    files.sort_by(|a, b| bytes_of(a).cmp(bytes_of(b)));
    (files, errors)
}

/// Reads in blocks, so that a file may be larger than the memory.
fn hash(file: &Path) -> io::Result<(String, u64)> {
    let mut file = File::open(file)?;
    let mut hasher = Sha256::new();
    let mut block = vec![0; 1 << 17];
    let mut size = 0;
    loop {
        let read = file.read(&mut block)?;
        if read == 0 {
            return Ok((hex(&hasher.finalize()), size));
        }
        hasher.update(&block[..read]);
        size += read as u64;
    }
}

fn hex(digest: &[u8]) -> String {
    digest
        .iter()
        .fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"))
}

/// As `sha256sum` writes it: a name that would break the line is escaped, and marked by a
/// backslash in front of the digest.
fn line(digest: &str, file: &Path) -> Vec<u8> {
    let mut name = Vec::new();
    for &byte in bytes_of(file) {
        match byte {
            b'\\' => name.extend(br"\\"),
            b'\n' => name.extend(br"\n"),
            b'\r' => name.extend(br"\r"),
            _ => name.push(byte),
        }
    }
    let mark = if name == bytes_of(file) { "" } else { "\\" };
    [mark.as_bytes(), digest.as_bytes(), b"  ", &name, b"\n"].concat()
}

fn bytes_of(path: &Path) -> &[u8] {
    path.as_os_str().as_encoded_bytes()
}
