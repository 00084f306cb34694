//! The last rank stops in its first iteration, so that its network can be cut there: with `PARALLEL_FOR_TEST_FOLDER` it writes
//! the iteration to the file `reached` in that folder, and goes on when somebody has made the file `go`.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::sleep;
use std::time::Duration;

use parallel_for::{parallel_for, rank, size};

/// So many iterations another rank runs before it lets the last one begin.
const AHEAD: u64 = 10;

/// The folder of the variable.
fn folder() -> Option<&'static PathBuf> {
    static FOLDER: OnceLock<Option<PathBuf>> = OnceLock::new();
    let read = || std::env::var_os("PARALLEL_FOR_TEST_FOLDER").map(Into::into);
    FOLDER.get_or_init(read).as_ref()
}

/// Whether there is a file, at the latest after so many looks.
fn comes(file: &Path, looks: u64) -> bool {
    (0..looks).any(|_| {
        let is_there = fs::exists(file).expect("a folder of the test");
        if !is_there {
            sleep(Duration::from_millis(10));
        }
        is_there
    })
}

fn work(i: u64) -> u64 {
    static RUN: AtomicU64 = AtomicU64::new(0);
    let run = RUN.fetch_add(1, Ordering::Relaxed);
    if let Some(folder) = folder() {
        let reached = folder.join("reached");
        if rank() + 1 != size() {
            if run >= AHEAD {
                // And no longer, since this may be the thread that brings it some.
                comes(&reached, 10);
            }
        } else if run == 0 {
            fs::write(reached, i.to_string()).expect("a folder of the test");
            comes(&folder.join("go"), u64::MAX);
        }
    }
    sleep(Duration::from_millis(2));
    i.wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(17)
}

#[parallel_for]
pub(crate) fn main() {
    let (mut texts, mut sum) = (Vec::new(), 0.0);
    for i in 0..400_u64 {
        let x = work(i) % 1000;
        sum += f64::from(u32::try_from(x).expect("less than 1000")) / 7.0;
        texts.push(format!("{i}: {x}"));
    }
    println!("{sum} {}", texts.join(" "));
}
