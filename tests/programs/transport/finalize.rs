//! A rank that stops in `MPI_Finalize`, by the profiling interface of MPI: in the folder of `PARALLEL_FOR_TEST_FOLDER` it makes
//! the file `reached-RANK`, and goes on when somebody has made the file `go`.

use std::ffi::c_int;
use std::fs;
use std::path::PathBuf;
use std::thread::sleep;
use std::time::Duration;

use parallel_for::{parallel_for, rank};

unsafe extern "C" {
    safe fn PMPI_Finalize() -> c_int;
}

// SAFETY: MPI lets programs have functions of their own by the names of its calls, and this one is as its own.
#[unsafe(no_mangle)]
extern "C" fn MPI_Finalize() -> c_int {
    if let Some(folder) = std::env::var_os("PARALLEL_FOR_TEST_FOLDER").map(PathBuf::from) {
        let reached = folder.join(format!("reached-{}", rank()));
        fs::write(reached, "yes").expect("a folder of the test");
        while !fs::exists(folder.join("go")).expect("a folder of the test") {
            sleep(Duration::from_millis(10));
        }
    }
    let code = PMPI_Finalize();
    eprintln!("MPI_Finalize has come back");
    code
}

#[parallel_for]
fn main() {
    let mut squares = Vec::new();
    for i in 0..40_u64 {
        squares.push(i * i);
    }
    println!("{squares:?}");
}
