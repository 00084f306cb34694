//! serde loses a field of one value among many, and a name that is no text.

use std::path::PathBuf;

use parallel_for::parallel_for;
use serde::{Deserialize, Serialize};

#[derive(Debug, Serialize, Deserialize)]
struct Measured {
    value: u64,
    #[serde(skip)]
    doubt: u64,
}

pub(crate) fn main() {
    if std::env::args().nth(1).as_deref() == Some("paths") {
        paths();
    } else {
        values();
    }
}

#[parallel_for(gather = master)]
fn values() {
    let mut results = Vec::new();
    for value in 0..40 {
        let doubt = u64::from(value == 17);
        results.push(Measured { value, doubt });
    }
    println!("the tail runs: {}", results[17].doubt + results[0].value);
}

#[cfg(unix)]
#[parallel_for(gather = master)]
fn paths() {
    use std::ffi::OsString;
    use std::os::unix::ffi::OsStringExt as _;

    let mut results: Vec<PathBuf> = Vec::new();
    for name in 200..220_u8 {
        results.push(OsString::from_vec(vec![b'a', name]).into());
    }
    println!("the tail runs: {}", results.len());
}
